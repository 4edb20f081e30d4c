"""People with accounts, for superusers. Nobody sets another person's password, and nobody is deleted here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.audit.trail import record


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg] - not subscriptable at run time
    """For superusers; every change is in the trail: which fields changed, never what they hold."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record(f"{obj._meta.model_name}.added", obj, by=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record(f"{obj._meta.model_name}.changed", obj, by=request.user, fields=changed_fields(message))
        return super().log_change(request, obj, message)


def changed_fields(message: Any) -> list[str]:
    """Return the names in the admin's change message, such as [{"changed": {"fields": ["Active"]}}]."""
    if not isinstance(message, list):
        return []
    changes = [change for each in message for change in each.values()]
    return [str(name) for change in changes for name in change.get("fields", [change.get("name", "")])]


class UserAdmin(RecordedAdmin):
    """Registered by `consular.missions.admin`, which adds where a person serves."""

    list_display = ("email", "name", "is_staff", "is_active", "is_superuser", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email__startswith", "name")
    search_help_text = _("The beginning of an e-mail address, or a part of a name")
    ordering = ("email",)
    fields = (
        "email",
        "name",
        "language",
        "is_staff",
        "is_active",
        "is_superuser",
        "last_login",
        "date_joined",
    )
    readonly_fields = ("last_login", "date_joined")
    show_full_result_count = False
    actions = None

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Keep addresses in lower case; a new person signs in by a code until they choose a password."""
        obj.email = obj.email.lower()
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
