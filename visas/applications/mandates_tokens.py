"""The token in the link of an invitation. The database holds its keyed hash only: who reads it cannot use it."""

import secrets

from consular.lib.keyed_hashes import keyed_hash, keyed_hashes

PURPOSE = b"applications: mandate"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a token."""
    return keyed_hash(token, purpose=PURPOSE)


def digests(token: str) -> list[str]:
    """Return what a token may be kept as, also when it was made with an earlier key of ours."""
    return keyed_hashes(token, purpose=PURPOSE)
