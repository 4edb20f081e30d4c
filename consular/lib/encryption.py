"""Secrets kept in the database are kept encrypted: `p1.<key id>.<base64url(nonce | ciphertext | tag)>`.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The purpose ("mfa.secret") is authenticated with the
text, so that a value moved into another column is refused. `settings.FIELD_KEYS` lists base64 keys of 32 bytes:
the first encrypts, all of them decrypt, so that a key can be changed without a moment in which nothing is readable.
"""

import base64
import binascii
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = "p1"
KEY_BYTES = 32
NONCE_BYTES = 12


class UnreadableError(Exception):
    """The value was not encrypted for this purpose by any of our keys, or was changed since."""


def encrypt(text: str, *, purpose: str) -> str:
    """Return `text` encrypted with the current key for `purpose`."""
    key_id, cipher = next(iter(ciphers().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())
    return f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(token: str, *, purpose: str) -> str:
    """Return the text that `encrypt` made `token` of; raise `UnreadableError` rather than return anything else."""
    try:
        version, key_id, encoded = token.split(".")
        sealed = base64.urlsafe_b64decode(encoded.encode("ascii"))
        cipher = ciphers()[key_id]
        text = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (ValueError, KeyError, InvalidTag, binascii.Error) as error:
        raise UnreadableError(purpose) from error
    if version != VERSION:
        raise UnreadableError(purpose)
    return text.decode()


def is_stale(token: str) -> bool:
    """Tell whether `token` was made with another key than the current one."""
    return token.split(".")[1:2] != [next(iter(ciphers()))]


def new_key() -> str:
    """Return a random key as `PORTAL_FIELD_KEY` takes it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def ciphers() -> dict[str, AESGCM]:
    """Return key id → cipher, the current key first."""
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("Set PORTAL_FIELD_KEY or PORTAL_FIELD_KEY_FILE: docs/operations/settings.md says how.")
    return {key_id(key): AESGCM(key) for key in map(key_of, settings.FIELD_KEYS)}


def key_of(encoded: str) -> bytes:
    """Return the 32 bytes that a base64 key stands for."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured("PORTAL_FIELD_KEY must be base64.") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"PORTAL_FIELD_KEY must be {KEY_BYTES} bytes in base64.")
    return key


def key_id(key: bytes) -> str:
    """Return the name of a key: it says which one, and nothing about it."""
    return hashlib.sha256(b"key id" + key).hexdigest()[:8]
