"""Pages in the admin: the list, their places, and who translates into which language."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.audit.trail import record
from embassy.content import coverage
from embassy.content.forms import NodeForm
from embassy.content.models import Node, Revision, Translator
from embassy.content.status import State


class WorkFilter(admin.SimpleListFilter):
    """The lists that somebody works through."""

    title = _("To do")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("approve", _("Waiting for approval")),
            ("drafts", _("Drafts")),
            ("overdue", _("Review is overdue")),
            ("mine", _("Pages that I answer for")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "mine":
            return queryset.filter(owner=request.user)
        if self.value() == "overdue":
            return queryset.filter(pk__in=Node.objects.overdue().values("pk"))
        state = {"approve": State.REVIEW, "drafts": State.DRAFT}.get(self.value() or "")
        if state is None:
            return queryset
        return queryset.filter(Exists(Revision.objects.filter(node=OuterRef("pk"), state=state)))


class PageList(ChangeList):
    """The pages of one page of the list, each with what there is in every language."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = coverage.of(self.result_list)
        self.result_list: Any = [row.node for row in rows]
        for row in rows:
            row.node.row = row  # type: ignore[attr-defined]  # For the columns alone

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:content:page", args=[result.pk])


@admin.register(Node)
class NodeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Where pages stand. What they say is on pages of their own."""

    form = NodeForm
    change_list_template = "content/page_list.html"
    list_display = ("path", "the_title", "kind", "the_languages", "owner", "review_by")
    list_filter = (WorkFilter, "kind")
    list_select_related = ("owner",)
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("path", "revisions__search_text")
    search_help_text = _("Words of the path or of the text, in any language")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Pages"), **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PageList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Node], term: str) -> Any:
        from consular.lib.folding import fold

        words = fold(term).split()
        for word in words:
            inside = Revision.objects.filter(node=OuterRef("pk"), search_text__contains=word)
            queryset = queryset.filter(Q(path__contains=word) | Exists(inside))
        return queryset, False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in {"work", "kind__exact"}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        return [path("", include("embassy.content.urls")), *super().get_urls()]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer members of staff as owners."""
        if db_field.name == "owner":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("name")
        return without_buttons(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def response_add(self, request: HttpRequest, obj: Node, post_url_continue: Any = None) -> Any:
        from django.shortcuts import redirect

        super().response_add(request, obj, post_url_continue)
        return redirect("admin:content:page", obj.pk)

    response_change = response_add

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("page.made", obj, by=request.user, path=obj.path)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("page.placed", obj, by=request.user, path=obj.path)
        return super().log_change(request, obj, message)

    @admin.display(description=_("Title"))
    def the_title(self, node: Any) -> str:
        return str(node.row.title)

    @admin.display(description=_("Languages"))
    def the_languages(self, node: Any) -> str:
        """Name each language with what there is in it: fa: live."""
        cells = (cell for cell in node.row.in_order if cell.standing != coverage.Standing.MISSING)
        flags = format_html_join(
            " ",
            '<span class="flag flag--{}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden"><bdi>{}</bdi>: {}</span></span>',
            (
                (cell.standing.value, cell.language, LANGUAGES[cell.language], cell.standing.label)
                for cell in cells
            ),
        )
        return format_html('<span class="nowrap">{}</span>', flags)


LANGUAGES = dict(settings.LANGUAGES)


def without_buttons(field: Any) -> Field | Any:
    """Return a choice without Django's buttons to change or remove what is chosen on the way."""
    if field is not None:
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_view_related = field.widget.can_delete_related = False
    return field


@admin.register(Translator)
class TranslatorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Who translates into which language, besides belonging to the group that translates."""

    list_display = ("person", "language")
    list_filter = ("language",)
    list_select_related = ("person",)
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("name")
        return without_buttons(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "language":
            from django import forms

            return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("translator.added", obj, by=request.user, language=obj.language)
        return super().log_addition(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        record("translator.removed", obj, by=request.user, language=obj.language)
        super().delete_model(request, obj)
