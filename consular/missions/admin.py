"""Missions with their hours and days off, for superusers and who heads them; who serves where, for superusers."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from consular.accounts.admin import RecordedAdmin, UserAdmin
from consular.accounts.models import User
from consular.lib.multilingual import MultilingualField
from consular.missions.access import roles_of
from consular.missions.forms import HoursFormSet, NeverOverlapping
from consular.missions.models import (
    Arrangement,
    Closure,
    Holiday,
    Mission,
    OpeningHours,
    Posting,
    Role,
    Season,
)
from consular.missions.texts import TextsField

IN_EVERY_LANGUAGE: Any = {MultilingualField: {"form_class": TextsField}}
# What decides whom a mission serves and how its days are counted: superusers alone
STRUCTURE = (
    "code",
    "country",
    "jurisdiction",
    "serves_everyone_else",
    "is_virtual",
    "protecting_power",
    "services",
    "zone",
    "weekend",
)


def headed_by(user: Any) -> QuerySet[Mission]:
    """Return the missions that `user` may keep: those they head today; a superuser every one."""
    return Mission.objects.all() if user.is_superuser else Mission.objects.of(user, Role.CONSUL)


def may_keep(request: HttpRequest, mission: Mission | None = None) -> bool:
    """Tell whether the reader may keep a mission, or with none whether there is one that they may keep."""
    if request.user.is_superuser:
        return True
    if mission is None:
        return Role.CONSUL in roles_of(request)
    return headed_by(request.user).filter(pk=mission.pk).exists()


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


class MissionInline(admin.TabularInline):  # type: ignore[type-arg]
    """What who heads the mission keeps too."""

    extra = 0
    formfield_overrides = IN_EVERY_LANGUAGE

    def has_view_permission(self, request: Any, obj: Mission | None = None) -> bool:
        return may_keep(request, obj)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


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

    def has_view_permission(self, request: Any, obj: Mission | None = None) -> bool:
        """Show them to who heads the mission as well; they are no part of what a post decides."""
        return may_keep(request, obj)


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
        """Keep the code of a mission that exists: data and links name it. Its head keeps what a post decides."""
        if not request.user.is_superuser:
            return STRUCTURE
        return ("code",) if obj else ()

    def get_queryset(self, request: Any) -> QuerySet[Mission]:
        return headed_by(request.user)

    def has_module_permission(self, request: Any) -> bool:
        return may_keep(request)

    def has_view_permission(self, request: Any, obj: Mission | None = None) -> bool:
        return may_keep(request, obj)

    has_change_permission = has_view_permission

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Mission:
        """Answer 404 for a mission of others: Django's own way leads back to the first page."""
        found: Mission | None = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found


def _plain(field: Any) -> Any:
    """Take the buttons away that lead to other pages."""
    field.widget.can_add_related = field.widget.can_change_related = False
    field.widget.can_view_related = field.widget.can_delete_related = False
    return field
