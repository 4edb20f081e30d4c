"""The alerts that hold now, as this process knows them: looked up at most every few seconds, asked on every page.

Signed-in pages, the bench and public pages all carry the banner. So that it costs them no query, each process
keeps the alerts that are or will be live for `KEPT_FOR` seconds; which of them hold is asked of the clock each
time. With the seconds that copies of pages live, an approval is on every page of every process well within a
minute, and a page drawn after `valid until` has no banner any more. Rows here are shared between threads and must not be changed.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from embassy.alerts.models import Alert
from embassy.alerts.status import Status

logger = logging.getLogger(__name__)

KEPT_FOR = 5.0  # seconds


class Shelf(NamedTuple):
    alerts: tuple[Alert, ...]
    until: float  # by time.monotonic()


_shelf: list[Shelf] = []


def current() -> tuple[Alert, ...]:
    """Return the alerts that are not over, with their texts, the newest first; two queries every few seconds.

    While the database is away, what was known before is known still.
    """
    if _shelf and time.monotonic() < _shelf[0].until:
        return _shelf[0].alerts
    try:
        return keep(read())
    except DatabaseError as error:
        logger.warning("alerts: %s", type(error).__name__)
        return kept()


def kept() -> tuple[Alert, ...]:
    """Return what was looked up last, without asking anybody."""
    return _shelf[0].alerts if _shelf else ()


def keep(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """Keep these for a while."""
    _shelf[:] = [Shelf(tuple(alerts), time.monotonic() + KEPT_FOR)]
    return _shelf[0].alerts


def read() -> list[Alert]:
    not_over = Q(status=Status.APPROVED, ends_at__gt=timezone.now())
    return list(Alert.objects.filter(not_over).with_texts().order_by("-starts_at", "-pk"))


def forget() -> None:
    """Look again next time: called where this process changes an alert."""
    _shelf.clear()


def live(at: datetime) -> list[Alert]:
    """Return the alerts that hold at a moment near now, the newest first."""
    return [alert for alert in current() if alert.holds_at(at)]


def live_ids(at: datetime) -> tuple[tuple[int, int], ...]:
    """Return what the banner of a page is made from, for its ETag: which alerts hold, and their texts' versions."""
    return tuple((alert.pk, alert.version) for alert in live(at))
