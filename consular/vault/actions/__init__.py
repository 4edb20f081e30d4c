"""The verbs of keys."""

from consular.vault.actions.destroy import destroy_keys, destroy_safe_of
from consular.vault.actions.make import make_key, put_into_safe_of
from consular.vault.actions.relock import relock

__all__ = ["destroy_keys", "destroy_safe_of", "make_key", "put_into_safe_of", "relock"]
