"""The alerts that hold now, as this process knows them: looked up at most every few seconds, asked on every page.

Signed-in pages, the bench and public pages all carry the banner. So that it costs them no query, each process
keeps the alerts that are or will be live for `KEPT_FOR` seconds; which of them hold is asked of the clock each
time. With the seconds that copies of pages live, an approval is on every page of every process well within a
minute, and a page drawn after `valid until` has no banner any more.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from consular.lib.lately import Lately
from embassy.alerts.models import Alert
from embassy.alerts.status import Status

KEPT_FOR = 5.0  # seconds


def read() -> tuple[Alert, ...]:
    """Return the alerts that are not over, with their texts, the newest first; two queries."""
    not_over = Q(status=Status.APPROVED, ends_at__gt=timezone.now())
    return tuple(Alert.objects.filter(not_over).with_texts().order_by("-starts_at", "-pk"))


shelf: Lately[tuple[Alert, ...]] = Lately(read, before=(), seconds=KEPT_FOR)
current, kept, forget = shelf.known, shelf.kept, shelf.forget


def live(at: datetime) -> list[Alert]:
    """Return the alerts that hold at a moment near now, the newest first."""
    return [alert for alert in current() if alert.holds_at(at)]


def live_ids(at: datetime) -> tuple[tuple[int, int], ...]:
    """Return what the banner of a page is made from, for its ETag: which alerts hold, and their texts' versions."""
    return tuple((alert.pk, alert.version) for alert in live(at))
