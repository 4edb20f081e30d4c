"""Missions with their hours and days off, and who serves where: for superusers."""

from typing import Any

from django.contrib import admin

from consular.accounts.admin import RecordedAdmin, UserAdmin
from consular.accounts.models import User
from consular.lib.multilingual import MultilingualField
from consular.missions.forms import HoursFormSet, NeverOverlapping
from consular.missions.models import (
    Arrangement,
    Closure,
    Holiday,
    Mission,
    OpeningHours,
    Posting,
    Season,
)
from consular.missions.texts import TextsField

IN_EVERY_LANGUAGE: Any = {MultilingualField: {"form_class": TextsField}}


class ForSuperusers:
    """Rows inside another page: for superusers, as the page is."""

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class PostingInline(ForSuperusers, admin.StackedInline):  # type: ignore[type-arg]  # Not subscriptable at run time
    """A posting ends by its last day; it is not deleted, so that it stays known who served when."""

    model = Posting
    extra = 0
    can_delete = False
    fields = ("mission", "role", "starts_on", "ends_on")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer missions to choose from, without Django's buttons to change or remove one on the way."""
        return _plain(super().formfield_for_foreignkey(db_field, request, **kwargs))


@admin.register(User)
class PostedUserAdmin(UserAdmin):
    inlines = (PostingInline,)


class MissionInline(ForSuperusers, admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    formfield_overrides = IN_EVERY_LANGUAGE


class SeasonInline(MissionInline):
    model = Season
    formset = NeverOverlapping


class OpeningHoursInline(MissionInline):
    model = OpeningHours
    formset = HoursFormSet

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the seasons of this mission alone."""
        mission = request.resolver_match.kwargs.get("object_id")
        kwargs["queryset"] = Season.objects.filter(mission=mission) if mission else Season.objects.none()
        return _plain(super().formfield_for_foreignkey(db_field, request, **kwargs))


class HolidayInline(MissionInline):
    model = Holiday


class ClosureInline(MissionInline):
    model = Closure
    formset = NeverOverlapping


class ArrangementInline(ForSuperusers, admin.StackedInline):  # type: ignore[type-arg]
    model = Arrangement
    extra = 0
    formfield_overrides = IN_EVERY_LANGUAGE


@admin.register(Mission)
class MissionAdmin(RecordedAdmin):
    """A mission is never deleted: cases name it."""

    list_display = ("code", "__str__", "country", "zone", "is_virtual", "serves_everyone_else")
    search_fields = ("code__startswith",)
    show_full_result_count = False
    actions = None
    formfield_overrides = IN_EVERY_LANGUAGE
    inlines = (SeasonInline, OpeningHoursInline, HolidayInline, ClosureInline, ArrangementInline)

    def get_readonly_fields(self, request: Any, obj: Mission | None = None) -> tuple[str, ...]:
        """Keep the code of a mission that exists: data and links name it."""
        return ("code",) if obj else ()


def _plain(field: Any) -> Any:
    """Take the buttons away that lead to other pages."""
    field.widget.can_add_related = field.widget.can_change_related = False
    field.widget.can_view_related = field.widget.can_delete_related = False
    return field
