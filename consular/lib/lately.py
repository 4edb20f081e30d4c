"""What was looked up lately: given again for some seconds, so that what every page asks costs no query."""

import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import DatabaseError

logger = logging.getLogger(__name__)

Found = TypeVar("Found")


class Lately(Generic[Found]):
    """Keeps what `look` finds for some seconds, in this process; while the database is away, longer.

    What is kept is shared between threads and must not be changed.
    """

    def __init__(self, look: Callable[[], Found], *, before: Found, seconds: float) -> None:
        self.look, self.before, self.seconds = look, before, seconds
        self._shelf: list[tuple[Found, float]] = []  # at most one, and until when by time.monotonic()

    def known(self) -> Found:
        """Return what was found at most `seconds` ago; what was known before while the database is away."""
        for found, until in self._shelf:
            if time.monotonic() < until:
                return found
        try:
            return self.keep(self.look())
        except DatabaseError as error:
            logger.warning("%s: %s", self.look.__module__, type(error).__name__)
            return self.kept()

    def kept(self) -> Found:
        """Return what was found last, without asking anybody."""
        return next((found for found, _until in self._shelf), self.before)

    def keep(self, found: Found, *, seconds: float | None = None) -> Found:
        until = time.monotonic() + (self.seconds if seconds is None else seconds)
        self._shelf[:] = [(found, until)]
        return found

    def forget(self) -> None:
        """Look again next time: called where this process changes what is kept."""
        self._shelf.clear()
