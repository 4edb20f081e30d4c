"""The verbs of the outbox."""

from consular.outbox.actions.owe import owe
from consular.outbox.actions.retry import retry

__all__ = ["owe", "retry"]
