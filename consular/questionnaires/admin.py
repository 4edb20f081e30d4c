"""Questionnaires in the admin: the list. What they ask is edited on pages of their own."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.questionnaires.models import Questionnaire, Revision
from consular.ui.read_only import ReadOnly
from consular.ui.templatetags.ui import digits, moment


class QuestionnaireList(ChangeList):
    """Its lines lead to the revisions."""

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:questionnaires:overview", args=[result.pk])


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    list_display = ("code", "published", "draft")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        revisions = Revision.objects.defer("content").select_related("published_by").order_by("-number")
        return super().get_queryset(request).prefetch_related(Prefetch("revisions", revisions))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QuestionnaireList

    def get_urls(self) -> list[Any]:
        return [path("", include("consular.questionnaires.editing.urls")), *super().get_urls()]

    @admin.display(description=_("Published revision"))
    def published(self, questionnaire: Questionnaire) -> str:
        found = next((each for each in questionnaire.revisions.all() if each.published_at), None)
        if found is None:
            return "–"
        parts = [digits(found.number), moment(found.published_at), found.published_by]
        return " · ".join(str(part) for part in parts if part)

    @admin.display(description=_("Draft"))
    def draft(self, questionnaire: Questionnaire) -> str:
        found = next((each for each in questionnaire.revisions.all() if not each.published_at), None)
        if found is None:
            return "–"
        writers = User.objects.filter(pk__in=found.writers).order_by("name")
        return " · ".join([digits(found.number), moment(found.changed_at), *map(str, writers)])
