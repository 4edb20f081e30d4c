"""What the bench's first page shows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from consular.desk.queues import CAP, QUEUES, Queue
from consular.missions.models import Mission
from consular.outbox.models import Effect

LATE = timedelta(seconds=60)


@dataclass(frozen=True)
class QueueRow:
    queue: Queue
    count: int

    @property
    def url(self) -> str:
        return f"{reverse('admin:cases_case_changelist')}?{urlencode({'queue': self.queue.code})}"

    @property
    def counted(self) -> str:
        """Return the count in words: never more than CAP of them are counted."""
        return gettext("more than %(cap)s") % {"cap": CAP} if self.count > CAP else str(self.count)


@dataclass(frozen=True)
class OwedWork:
    """How the work that is owed to people stands."""

    dead: int
    late: bool


def home(user: Any, apps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the context of the first page; `apps` are the admin's lists that `user` may open."""
    return {
        "queues": [QueueRow(queue, queue.count(user)) for queue in QUEUES],
        "missions": list(Mission.objects.of(user)),
        "owed": owed_work(),
        "lists": [model for app in apps for model in app["models"] if model["object_name"] != "Case"],
    }


def owed_work() -> OwedWork:
    return OwedWork(dead=Effect.objects.dead()[: CAP + 1].count(), late=Effect.objects.oldest_age() > LATE)
