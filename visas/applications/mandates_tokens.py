"""The token in the link of an invitation. The database holds its HMAC only: who reads it cannot use it."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "visas.applications.mandates"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a token, made with the current key."""
    return digests(token)[0]


def digests(token: str) -> list[str]:
    """Return what a token may be kept as, also when it was made with an earlier key of ours."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(SALT, token, secret=key, algorithm="sha256").hexdigest() for key in keys]
