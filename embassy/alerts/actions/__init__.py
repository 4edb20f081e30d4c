"""The verbs of alerts, one transaction each."""

from consular.lib.refusal import RefusedError
from embassy.alerts.actions.approve import approve, approve_text
from embassy.alerts.actions.change import correct, discard, hand_in, send_back, withdraw
from embassy.alerts.actions.deliver import drive
from embassy.alerts.actions.sending import gather, resume, send, stop
from embassy.alerts.actions.subscribe import (
    choose,
    confirm,
    forget_unconfirmed,
    invite,
    subscribe,
    unsubscribe,
)
from embassy.alerts.actions.write import start, write, write_text

__all__ = [
    "RefusedError",
    "approve",
    "approve_text",
    "choose",
    "confirm",
    "correct",
    "discard",
    "drive",
    "forget_unconfirmed",
    "gather",
    "hand_in",
    "invite",
    "resume",
    "send",
    "send_back",
    "start",
    "stop",
    "subscribe",
    "unsubscribe",
    "withdraw",
    "write",
    "write_text",
]
