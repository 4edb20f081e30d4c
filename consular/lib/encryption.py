"""Secrets kept in the database are kept encrypted: `p1.<key id>.<base64url(nonce | ciphertext | tag)>`.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The purpose ("mfa.secret") is authenticated with the
text, so that a value moved into another column is refused. `settings.FIELD_KEYS` lists long random texts: the key
made of the first one encrypts, those of all of them decrypt, so that it can be changed without losing anything.
"""

import base64
import binascii
import hashlib
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = "p1"
KEY_BYTES = 32
NONCE_BYTES = 12
SHORTEST_SECRET = 40


class UnreadableError(Exception):
    """The value was not encrypted for this purpose by any of our keys, or was changed since."""


def encrypt(text: str, *, purpose: str) -> str:
    """Return `text` encrypted with the current key for `purpose`."""
    name, cipher = next(iter(ciphers().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())
    return f"{VERSION}.{name}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(token: str, *, purpose: str) -> str:
    """Return the text that `encrypt` made `token` of; raise `UnreadableError` rather than return anything else."""
    try:
        version, name, encoded = token.split(".")
        sealed = base64.urlsafe_b64decode(encoded.encode("ascii"))
        cipher = ciphers()[name]
        text = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (ValueError, KeyError, InvalidTag, binascii.Error) as error:
        raise UnreadableError(purpose) from error
    if version != VERSION:
        raise UnreadableError(purpose)
    return text.decode()


def is_stale(token: str) -> bool:
    """Tell whether `token` was made with another key than the current one."""
    return token.split(".")[1:2] != [next(iter(ciphers()))]


def ciphers() -> dict[str, AESGCM]:
    """Return key id → cipher, the current key first."""
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured(
            "Set PORTAL_FIELD_KEY or PORTAL_FIELD_KEY_FILE: docs/operations/settings.md says how."
        )
    return {key_id(key): AESGCM(key) for key in map(key_of, settings.FIELD_KEYS)}


def key_of(secret: str) -> bytes:
    """Return the 256-bit key that a secret stands for."""
    if len(secret) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"PORTAL_FIELD_KEY must be at least {SHORTEST_SECRET} random characters.")
    return derived(secret, b"field encryption")


@lru_cache(maxsize=64)
def derived(secret: str, purpose: bytes) -> bytes:
    """Return the 256-bit key of a secret for a purpose (HKDF, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret.encode())


def key_id(key: bytes) -> str:
    """Return the name of a key: it says which one, and nothing about it."""
    return hashlib.sha256(b"key id" + key).hexdigest()[:8]
