"""The filters of the list of cases: questions with a few named answers, never a look-up through relations."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.desk import words
from consular.desk.queues import BY_CODE, QUEUES
from consular.missions.models import Mission


class QueueFilter(SimpleListFilter):
    title = _("Queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(queue.code, queue.label) for queue in QUEUES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        queue = BY_CODE.get(self.value() or "")
        return queue.narrow(queryset, request.user) if queue else queryset


class StatusFilter(SimpleListFilter):
    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(words.STATUSES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(status=self.value()) if self.value() else queryset


class MissionFilter(SimpleListFilter):
    """Offers the missions where the officer is posted; nothing to choose with one alone."""

    title = _("Mission")
    parameter_name = "mission"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(mission.code, str(mission)) for mission in Mission.objects.of(request.user)]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(mission__code=self.value()) if self.value() else queryset


class DueFilter(SimpleListFilter):
    title = _("Due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("Today or earlier")), ("week", _("Within seven days"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        days = {"today": 0, "week": 7}.get(self.value() or "")
        if days is None:
            return queryset
        return queryset.open().filter(due_on__lte=timezone.localdate() + timedelta(days=days))
