"""What people looked for, and words for the same thing: for those who write and approve pages."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from consular.lib.wording import forms as word_forms
from consular.ui.read_only import ReadOnly
from embassy.search.models import Search, Synonym


class Since(admin.SimpleListFilter):
    title, parameter_name = _("since"), "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("7", _("Past 7 days")), ("30", _("Past 30 days"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Search]") -> "QuerySet[Search]":
        value = self.value()
        if value not in {"7", "30"}:
            return queryset
        return queryset.filter(on__gt=timezone.localdate() - timedelta(days=int(value)))


@admin.register(Search)
class SearchAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Read only: the site writes it. First what was not found: pages that readers miss."""

    list_display = ("words", "language", "times", "found", "best", "on")
    list_display_links = None
    list_filter = ("found", "language", Since)
    search_fields = ("words__startswith",)
    ordering = ("found", "-times", "-on")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return Search.objects.frequent()


class SynonymForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time
    class Meta:
        model = Synonym
        fields = ("words",)

    def clean_words(self) -> list[str]:
        """Take single words only, each once, at least two that are not one word already."""
        words = list(dict.fromkeys(word.strip() for word in self.cleaned_data["words"] if word.strip()))
        if several := [word for word in words if len(list(word_forms(word))) != 1]:
            message = _("Give single words: “%(word)s” is not one.")
            raise ValidationError(message, params={"word": several[0]})
        if len({next(word_forms(word))[0] for word in words}) < 2:  # noqa: PLR2004 - a pair
            raise ValidationError(_("Give at least two words that the search does not take for one already."))
        return words


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    form = SynonymForm
    list_display = ("__str__",)
    search_fields = ("words__icontains",)
    actions = None

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("synonym.added", obj, by=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("synonym.changed", obj, by=request.user)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for synonym in queryset:
            record("synonym.deleted", synonym, by=request.user)
        return super().log_deletions(request, queryset)
