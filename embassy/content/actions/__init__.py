"""The verbs of pages, one transaction each."""

from consular.lib.refusal import RefusedError
from embassy.content.actions.approve import approve, send_back
from embassy.content.actions.bring_in import bring_in
from embassy.content.actions.take_down import restore, reviewed, take_down
from embassy.content.actions.write import Words, begin, compose, discard, hand_in, save

__all__ = [
    "RefusedError",
    "Words",
    "approve",
    "begin",
    "bring_in",
    "compose",
    "discard",
    "hand_in",
    "restore",
    "reviewed",
    "save",
    "send_back",
    "take_down",
]
