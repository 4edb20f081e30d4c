"""The verbs of the register."""

from visas.registry.actions.log import append_leaf, forget, owe_head, sign_head
from visas.registry.actions.places import allot, set_status

__all__ = ["allot", "append_leaf", "forget", "owe_head", "set_status", "sign_head"]
