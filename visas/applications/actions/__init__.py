"""The verbs of visa applications, one transaction each."""

from visas.applications.actions.attach import attach
from visas.applications.actions.detach import detach
from visas.applications.actions.discard import discard
from visas.applications.actions.lock import AlreadySubmittedError
from visas.applications.actions.start import start
from visas.applications.actions.submit import NotReadyError, submit

__all__ = ["AlreadySubmittedError", "NotReadyError", "attach", "detach", "discard", "start", "submit"]
