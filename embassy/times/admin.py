"""Measurements on the bench: looked at, and asked for."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consular.ui.read_only import ReadOnly
from embassy.times import actions
from embassy.times.models import Figure, Measurement


class FigureInline(admin.TabularInline):  # type: ignore[type-arg]  # Not subscriptable at run time
    model = Figure
    fields = ("category", "mission", "cases", "half_within", "most_within")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Measurement)
class MeasurementAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # As above
    list_display = ("decided_until", "decided_from", "measured_at")
    fields = ("decided_until", "decided_from", "measured_at")
    readonly_fields = fields
    inlines = [FigureInline]
    actions = None
    change_list_template = "times/measurement_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = require_POST(self.admin_site.admin_view(self.measure))
        return [path("measure/", view, name="times_measurement_measure"), *super().get_urls()]

    def measure(self, request: HttpRequest) -> HttpResponse:
        """Owe a measurement now. Pressed twice in one minute, it is one."""
        if not self.has_view_permission(request):
            raise Http404
        actions.owe_measurement(again=f"{timezone.now():%H%M}")
        messages.success(request, _("The times are being measured. They are here in a moment."))
        return redirect("admin:times_measurement_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"may_measure": self.has_view_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})
