"""Alerts on the bench: a list to choose from, and pages of its own for every act (embassy.alerts.bench)."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from consular.ui.templatetags.ui import ltr, moment
from embassy.alerts import bench, bench_sending, rules
from embassy.alerts.models import Alert
from embassy.alerts.status import Kind, Status


class StatusFilter(admin.SimpleListFilter):
    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Status.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("Kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Kind.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() in Kind.values else queryset


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """The stock forms of an alert do not exist: its acts need four eyes and a version."""

    list_display = ("the_reference", "the_title", "kind", "state", "the_start", "the_end")
    list_filter = (StatusFilter, KindFilter)
    search_fields = ("reference",)
    search_help_text = _("The beginning of a reference, such as 2026-1")
    ordering = ("-pk",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts").select_related("correction")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        wanted = search_term.strip()[:12]
        return (queryset.filter(reference__startswith=wanted) if wanted else queryset), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse look-ups by address that no filter offers."""
        return lookup in {each.parameter_name for each in self.list_filter}

    # Rights

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_see(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return rules.may_see(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may(request.user, rules.WRITE)

    def has_change_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    # Pages

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Any]] = {
            "write": ("<int:pk>/write/", bench.write),
            "text": ("<int:pk>/text/<str:language>/", bench.text),
            "preview": ("<int:pk>/preview/<str:language>/", bench.preview),
            "act": ("<int:pk>/act/", bench.act),
            "send": ("<int:pk>/send/", bench_sending.send),
            "sending": ("<int:pk>/sending/", bench_sending.sending),
            "sending_state": ("<int:pk>/sending/state/", bench_sending.sending_state),
        }
        own = [
            path(route, self.admin_site.admin_view(bench.for_staff(view)), name=f"alerts_alert_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Alerts"), **(extra_context or {})})

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return bench.start(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not object_id.isdecimal() or not rules.may_see(request.user):
            raise Http404
        return bench.detail(request, int(object_id))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    history_view = delete_view

    # Columns

    @admin.display(description=_("Reference"), ordering="pk")
    def the_reference(self, alert: Alert) -> SafeString:
        return ltr(alert.reference)

    @admin.display(description=_("Title"))
    def the_title(self, alert: Alert) -> str:
        found = bench.heading(alert)
        return found.title if found else ""

    @admin.display(description=_("State"), ordering="status")
    def state(self, alert: Alert) -> SafeString:
        flag, words = bench.standing(alert)
        return format_html('<strong class="flag flag--{}">{}</strong>', flag, words)

    @admin.display(description=_("Live from"), ordering="starts_at")
    def the_start(self, alert: Alert) -> str:
        return moment(alert.starts_at)

    @admin.display(description=_("Valid until"), ordering="ends_at")
    def the_end(self, alert: Alert) -> str:
        return moment(alert.ends_at)
