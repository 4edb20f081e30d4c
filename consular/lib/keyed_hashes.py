"""What the database keeps of a secret that it must not hold, or finds a value by that nobody may guess: an HMAC.

The keys are derived from `settings.FIELD_KEYS`, one for each purpose: that of the first makes, those of all recognise,
so that the keys can be changed. A hash is HMAC-SHA-256 (RFC 2104) in hex, 64 characters.
"""

import hashlib
import hmac
from collections.abc import Iterator

from django.conf import settings

from consular.lib.encryption import derived


def keyed_hash(text: str, *, purpose: bytes) -> str:
    """Return what is kept of a text, made with the current key."""
    return keyed_hashes(text, purpose=purpose)[0]


def keyed_hashes(text: str, *, purpose: bytes) -> list[str]:
    """Return all that may have been kept of a text, by the current key first."""
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in keys(purpose)]


def keys(purpose: bytes) -> Iterator[bytes]:
    """Yield the keys of a purpose, the current one first."""
    return (derived(secret, purpose) for secret in settings.FIELD_KEYS)
