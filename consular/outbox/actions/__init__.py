"""The verbs of the outbox."""

from consular.outbox.actions.owe import owe

__all__ = ["owe"]
