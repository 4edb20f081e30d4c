"""People with accounts, for superusers. Nobody sets another person's password, and nobody is deleted here."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.audit.trail import record


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
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


class UserForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)

    def clean_email(self) -> str:
        """Keep addresses in lower case, before it is asked whether the address is taken."""
        return str(self.cleaned_data["email"]).lower()


class UserAdmin(RecordedAdmin):
    """Registered by `consular.missions.admin`, which adds where a person serves."""

    form = UserForm
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
        "groups",
        "last_login",
        "date_joined",
    )
    show_full_result_count = False
    actions = None

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the groups as boxes to tick, which need no script."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Keep the address of a person who is there: whoever could change it could sign in as them."""
        return ("email", "last_login", "date_joined") if obj else ("last_login", "date_joined")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Let a new person sign in by a code until they choose a password themselves."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
