"""The lists of the bench: cases of one's own missions, and the work owed that nobody could do."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from consular.cases import rules
from consular.cases.kinds import labels
from consular.cases.models import Case
from consular.desk import words
from consular.desk.actions import retry
from consular.desk.filters import DueFilter, MissionFilter, QueueFilter, StatusFilter
from consular.desk.paging import CappedPaginator
from consular.missions.access import roles_of
from consular.outbox.models import Effect
from consular.ui.read_only import ReadOnly
from consular.ui.templatetags.ui import day, ltr


class NothingToChange(ReadOnly):
    """An admin that only shows: no adding, no changing, no deleting, no bulk actions, no questions but its filters'."""

    actions: Any = None
    list_filter: ClassVar[Any] = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse look-ups by address, such as ?name_latin__regex=…, which Django allows on every field."""
        return lookup in {each.parameter_name for each in self.list_filter}


class CaseList(ChangeList):
    """The cases of one page, each with its service's `label`."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        for case, label in labels(self.result_list):
            case.label = label  # type: ignore[attr-defined]  # For the column alone

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:desk:case_detail", args=[result.reference])


@admin.register(Case)
class CaseAdmin(NothingToChange, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """A list to choose from; the case page is the bench's own. The stock pages of a case do not exist."""

    change_list_template = "desk/case_list.html"
    list_display = ("the_reference", "the_name", "about", "state", "officer", "due", "mission")
    list_filter = (QueueFilter, StatusFilter, MissionFilter, DueFilter)
    list_select_related = ("mission", "officer")
    list_per_page = 50
    list_max_show_all = 0
    paginator = CappedPaginator
    search_fields = ("reference",)
    search_help_text = _("A reference in any form, or parts of a name in either script")
    ordering = ("due_on", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.visible_to(request.user).order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Case], search_term: str
    ) -> tuple[QuerySet[Case], bool]:
        return (queryset.matching(search_term) if search_term.strip() else queryset), False  # type: ignore[attr-defined]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CaseList]:
        return CaseList

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return rules.may_see(request.user, obj) if obj else self.has_module_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Cases"), **(extra_context or {})})

    # The stock pages

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the case page who may see it."""
        known = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        if known is None:
            raise Http404
        return redirect("admin:desk:case_detail", known.reference)

    def add_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    delete_view = history_view = add_view

    # The columns

    @admin.display(description=_("Reference"), ordering="reference")
    def the_reference(self, case: Case) -> SafeString:
        return ltr(case.spaced_reference)

    @admin.display(description=_("Name"), ordering="name_latin")
    def the_name(self, case: Case) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi><br><bdi>{}</bdi>', case.name_latin, case.name_native)

    @admin.display(description=_("About"))
    def about(self, case: Case) -> str:
        return str(case.label)  # type: ignore[attr-defined]  # By CaseList

    @admin.display(description=_("State"))
    def state(self, case: Case) -> SafeString:
        flag, text = words.STATUS_FLAGS[case.status], words.STATUSES[case.status]
        return format_html('<strong class="flag flag--{}">{}</strong>', flag, text)

    @admin.display(description=_("Due"), ordering="due_on")
    def due(self, case: Case) -> Any:
        when = day(case.due_on)
        if not case.is_overdue:
            return when
        return format_html('{} <strong class="flag flag--bad">{}</strong>', when, gettext("Overdue"))


class DeadFilter(admin.SimpleListFilter):
    """Dead letters unless something else is asked for."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Waiting or being done")), ("done", _("Done"))]

    def choices(self, changelist: Any) -> Any:
        dead = changelist.get_query_string(remove=[self.parameter_name])
        yield {"selected": self.value() is None, "query_string": dead, "display": _("Could not be done")}
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "done":
            return queryset.filter(status=Effect.Status.DONE)
        return queryset.open() if self.value() == "open" else queryset.dead()


@admin.register(Effect)
class EffectAdmin(NothingToChange, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Work owed. What was tried in vain waits here for a superuser to try it again."""

    list_display = ("key", "topic", "attempts", "last_error", "due_at", "available_at")
    list_display_links = None
    list_filter = (DeadFilter,)
    paginator = CappedPaginator
    search_fields = ("key__startswith",)
    search_help_text = _("The beginning of a key")
    ordering = ("-pk",)
    actions = ("try_again",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Effect | None = None) -> bool:
        return bool(request.user.is_superuser)

    @admin.action(description=_("Try again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Effect]) -> None:
        chosen = [effect for effect in queryset if retry(effect, by=request.user)]
        text = ngettext("%(count)s is tried again.", "%(count)s are tried again.", len(chosen))
        messages.success(request, text % {"count": len(chosen)})
