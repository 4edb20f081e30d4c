"""Missions, and who serves where: for superusers."""

from typing import Any

from django.contrib import admin

from consular.accounts.admin import RecordedAdmin, UserAdmin
from consular.accounts.models import User
from consular.missions.models import Mission, Posting


class PostingInline(admin.StackedInline):  # type: ignore[type-arg]  # Not subscriptable at run time
    """A posting ends by its last day; it is not deleted, so that it stays known who served when."""

    model = Posting
    extra = 0
    can_delete = False
    fields = ("mission", "role", "starts_on", "ends_on")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer missions to choose from, without Django's buttons to change or remove one on the way."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_view_related = field.widget.can_delete_related = False
        return field

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_change_permission = has_view_permission


@admin.register(User)
class PostedUserAdmin(UserAdmin):
    inlines = (PostingInline,)


@admin.register(Mission)
class MissionAdmin(RecordedAdmin):
    list_display = ("code", "__str__", "country", "zone", "is_virtual", "serves_everyone_else")
    search_fields = ("code__startswith",)
    show_full_result_count = False
    actions = None

    def get_readonly_fields(self, request: Any, obj: Mission | None = None) -> tuple[str, ...]:
        """Keep the code of a mission that exists: data and links name it."""
        return ("code",) if obj else ()
