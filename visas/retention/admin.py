"""What will go, when and why: a rehearsal for superusers, data protection officers and heads of mission."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.missions.access import ForConsuls
from consular.ui.read_only import ReadOnly
from visas.policy.book import current, in_force
from visas.retention import rules
from visas.retention.candidates import candidates
from visas.retention.models import Run

AHEAD = timedelta(days=30)
SHOWN = 200
RUNS = 14


@admin.register(Run)
class RunAdmin(ForConsuls, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Opening the page changes nothing; to whoever may not look there is no such page."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.sees_everything(request.user) or super().has_module_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        if not self.has_view_permission(request):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Documents whose time is over"),
            **self.rehearsal(request.user, timezone.localdate()),
        }
        return TemplateResponse(request, "retention/rehearsal.html", context)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise Http404

    add_view = delete_view = history_view = change_view

    def rehearsal(self, user: Any, today: date) -> dict[str, Any]:
        """Return what tonight's look would find, and what the next days' looks would."""
        missions = rules.missions_of(user)
        found = candidates(today + AHEAD, on=today, mission_ids=missions)
        return {
            "today": today,
            "until": today + AHEAD,
            "law": in_force(current().keeping_times, today),
            "found": found[:SHOWN],
            "more": max(0, len(found) - SHOWN),
            "tonight": sum(not each.is_held and each.goes_on <= today for each in found),
            "held": sum(each.is_held for each in found),
            "runs": Run.objects.all()[:RUNS] if missions is None else [],
        }
