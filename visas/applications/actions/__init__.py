"""The verbs of visa applications, one transaction each."""

from visas.applications.actions.attach import attach
from visas.applications.actions.begin_with import begin_with
from visas.applications.actions.correct import (
    NotSendableError,
    discard_correction,
    open_correction,
    put_back,
    send_correction,
)
from visas.applications.actions.detach import detach
from visas.applications.actions.discard import discard
from visas.applications.actions.keep_up import keep_up
from visas.applications.actions.lock import AlreadySubmittedError
from visas.applications.actions.resume import delete_code, make_code, spend_code, use_code
from visas.applications.actions.start import start
from visas.applications.actions.submit import NotReadyError, submit

__all__ = [
    "AlreadySubmittedError",
    "NotReadyError",
    "NotSendableError",
    "attach",
    "begin_with",
    "delete_code",
    "detach",
    "discard",
    "discard_correction",
    "keep_up",
    "make_code",
    "open_correction",
    "put_back",
    "send_correction",
    "spend_code",
    "start",
    "submit",
    "use_code",
]
