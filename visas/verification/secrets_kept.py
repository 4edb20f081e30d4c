"""Codes and keys that are shown once: the database keeps an HMAC, found again by each of our field keys."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from consular.lib.references import ALPHABET

CODE_LENGTH = 8  # behind the letter of the purpose; 30^8 ≈ 6.6e11 codes of each purpose
KEY_BYTES = 32


def new_code(purpose: str) -> str:
    return purpose + "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def new_key() -> str:
    return f"board_{secrets.token_urlsafe(KEY_BYTES)}"


def spaced(code: str) -> str:
    """Return a code in three groups, for reading out: `E7K-2MV-Q4H`."""
    return "-".join(code[place : place + 3] for place in range(0, len(code), 3))


def digest(secret: str, what: str) -> str:
    """Return what the database keeps of a secret, made with the current key."""
    return digests(secret, what)[0]


def digests(secret: str, what: str) -> list[str]:
    return [
        salted_hmac(f"verification.{what}", secret, secret=key, algorithm="sha256").hexdigest()
        for key in settings.FIELD_KEYS
    ]
