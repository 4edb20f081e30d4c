"""The verbs of visa applications, one transaction each."""

from visas.applications.actions.alike import NotAlikeError, answer_alike, answer_apart
from visas.applications.actions.arrange import arrange, move_file, replace_page
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
from visas.applications.actions.fill_in import fill_in
from visas.applications.actions.join import PartyIsFullError, join
from visas.applications.actions.keep_up import keep_up
from visas.applications.actions.lock import AlreadySubmittedError
from visas.applications.actions.resume import delete_code, make_code, spend_code, use_code
from visas.applications.actions.start import start
from visas.applications.actions.submit import NotReadyError, submit

__all__ = [
    "AlreadySubmittedError",
    "NotAlikeError",
    "NotReadyError",
    "NotSendableError",
    "PartyIsFullError",
    "answer_alike",
    "answer_apart",
    "arrange",
    "attach",
    "begin_with",
    "delete_code",
    "detach",
    "discard",
    "discard_correction",
    "fill_in",
    "join",
    "keep_up",
    "make_code",
    "move_file",
    "open_correction",
    "put_back",
    "replace_page",
    "send_correction",
    "spend_code",
    "start",
    "submit",
    "use_code",
]
