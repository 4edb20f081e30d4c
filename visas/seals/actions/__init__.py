"""The verbs of keys: their life, the ceremony's results, and a demonstration's own keys."""

from visas.seals.actions.ceremony import import_authority, import_revocation_list
from visas.seals.actions.life import activate, ask_to_revoke, hand_in, plan, publish, request_of, revoke
from visas.seals.actions.obstructed import ObstructedError
from visas.seals.actions.rotation import rotate

__all__ = [
    "ObstructedError",
    "activate",
    "ask_to_revoke",
    "hand_in",
    "import_authority",
    "import_revocation_list",
    "plan",
    "publish",
    "request_of",
    "revoke",
    "rotate",
]
