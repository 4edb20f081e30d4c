"""The verbs of documents."""

from consular.documents.actions.encrypt import encrypt_plain, tidy
from consular.documents.actions.hand_over import hand_over_copy, hand_over_original
from consular.documents.actions.process import process
from consular.documents.actions.remove import erase, remove
from consular.documents.actions.store import store
from consular.documents.actions.sweep import sweep

__all__ = [
    "encrypt_plain",
    "erase",
    "hand_over_copy",
    "hand_over_original",
    "process",
    "remove",
    "store",
    "sweep",
    "tidy",
]
