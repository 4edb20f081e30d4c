"""The token of the start form: it names the draft that the form will make, so that a form makes one draft."""

import uuid
from typing import Any

from django.core import signing

SALT = "visas.applications.start"


def new_token(user: Any) -> str:
    return signing.dumps({"draft": str(uuid.uuid4()), "user": user.pk}, salt=SALT)


def draft_of(token: str, user: Any) -> uuid.UUID | None:
    """Return the id that the token gives to the draft; None unless we signed it for this user."""
    try:
        content = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return uuid.UUID(content["draft"]) if content["user"] == user.pk else None
