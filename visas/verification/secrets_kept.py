"""Codes and keys that are shown once: the database keeps a keyed hash (`consular.lib.keyed_hashes`)."""

import secrets

from consular.lib.keyed_hashes import keyed_hash, keyed_hashes
from consular.lib.references import drawn

CODE_LENGTH = 8  # behind the letter of the purpose; 30^8 ≈ 6.6e11 codes of each purpose
CODE_GROUP = 3  # for reading out: `E7K-2MV-Q4H`
KEY_BYTES = 32


def new_code(purpose: str) -> str:
    return purpose + drawn(CODE_LENGTH)


def new_key() -> str:
    return f"board_{secrets.token_urlsafe(KEY_BYTES)}"


def digest(secret: str, what: str) -> str:
    """Return what the database keeps of a secret."""
    return keyed_hash(secret, purpose=_purpose(what))


def digests(secret: str, what: str) -> list[str]:
    """Return what may have been kept of it, also with an earlier key of ours."""
    return keyed_hashes(secret, purpose=_purpose(what))


def _purpose(what: str) -> bytes:
    return f"verification: {what}".encode()
