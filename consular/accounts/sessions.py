"""Django's sessions in the database, which also know when they end (SESSION_ENGINE)."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone


class SessionStore(db.SessionStore):
    """`ends_at` is the moment of the row, told without another query; None for a session that nobody has begun."""

    ends_at: datetime | None = None

    @property
    def seconds_left(self) -> int:
        return int((self.ends_at - timezone.now()).total_seconds()) if self.ends_at else 0

    def _get_session_from_db(self) -> Any:
        found = super()._get_session_from_db()  # type: ignore[misc]  # The stubs leave it out
        self.ends_at = found.expire_date if found else None
        return found

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        super().save(must_create)
        self.ends_at = self.get_expiry_date()
