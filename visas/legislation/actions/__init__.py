"""The verbs of changing the law, one transaction each."""

from consular.lib.refusal import RefusedError
from visas.legislation.actions.enact import Rehearsal, enact, rehearse, stamp
from visas.legislation.actions.hand_over import drop, hand_over, send_back
from visas.legislation.actions.prepare import OverwriteError, Wanted, take_out, write_edit

__all__ = [
    "OverwriteError",
    "RefusedError",
    "Rehearsal",
    "Wanted",
    "drop",
    "enact",
    "hand_over",
    "rehearse",
    "send_back",
    "stamp",
    "take_out",
    "write_edit",
]
