"""Changes of the law and scenarios on the officers' bench."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from visas.legislation import bench, rules
from visas.legislation.forms import ScenarioForm
from visas.legislation.models import Change, Scenario
from visas.legislation.scenarios import run
from visas.policy.book import current


# Django's own admin classes take no type argument when they run.
@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list and the beginning of a change are Django's; what follows is in `bench`."""

    list_display = ["title", "state", "author", "begun_at", "put_in_force_by", "put_in_force_at"]
    list_filter = ["state"]
    list_select_related = ["author", "put_in_force_by"]
    fields = ["title", "why"]
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Change, form: Any, change: Any) -> None:
        obj.author = request.user  # type: ignore[assignment]  # The middleware lets nobody else in
        super().save_model(request, obj, form, change)
        record("law.change_begun", obj, by=request.user)

    def response_add(self, request: HttpRequest, obj: Change, post_url_continue: str | None = None) -> Any:
        return redirect("admin:legislation_change_change", obj.pk)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the change: what it edits, what it changes for whom, what the scenarios say."""
        if not self.has_view_permission(request) or not object_id.isdecimal():
            raise Http404
        context = bench.context_of(request, bench.fetched(int(object_id)))
        return bench.shown(request, "legislation/change.html", {"title": context["change"].title, **context})

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(
                f"<int:change_id>/{address}", self.admin_site.admin_view(view), name=f"legislation_{name}"
            )

        return [
            page("rows/<slug:table>/", bench.rows, "rows"),
            page("write/<slug:table>/", bench.write, "add"),
            page("write/<slug:table>/<int:row>/", bench.write, "alter"),
            page("remove/<slug:table>/<int:row>/", bench.remove, "remove"),
            page("take-out/<int:edit>/", bench.take_out, "take_out"),
            page("decide/<slug:verb>/", bench.decide, "decide"),
            *super().get_urls(),
        ]


def record_removal(scenario: Scenario, *, by: Any) -> None:
    """Keep in the trail what the scenario asked and expected: who enacts a change sees what no longer guards the law."""
    asked = (
        scenario.nationality,
        scenario.document,
        scenario.purpose,
        scenario.days,
        scenario.on.isoformat(),
    )
    record("law.scenario_removed", scenario, by=by, asked=list(asked), expected=scenario.outcome)


@admin.register(Scenario)
class ScenarioAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Scenarios are written here; each writing is in the trail."""

    form = ScenarioForm
    list_display = ["note", "nationality", "document", "purpose", "days", "on", "outcome", "category", "fee"]
    list_filter = ["outcome", "nationality"]
    search_fields = ["note"]
    search_help_text = _("Words of what a scenario shows")
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "legislation/scenario_list.html"

    def save_model(self, request: HttpRequest, obj: Scenario, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        record("law.scenario_written", obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Scenario) -> None:
        record_removal(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for scenario in queryset:
            record_removal(scenario, by=request.user)
        super().delete_queryset(request, queryset)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Say above the list which scenarios the law of today fails."""
        failures = [result for result in run(Scenario.objects.all(), current()) if not result.passed]
        context = {"failures": failures, "may_prepare": rules.may_prepare(request.user)}
        return super().changelist_view(request, {**context, **(extra_context or {})})
