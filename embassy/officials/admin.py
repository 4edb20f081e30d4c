"""The list of official accounts in the admin, with the switch that warns on every page."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, ngettext

from consular.accounts.admin import RecordedAdmin
from embassy.officials.actions.confirm import confirm
from embassy.officials.actions.switch import switch
from embassy.officials.models import Account
from embassy.officials.status import State


@admin.register(Account)
class AccountAdmin(RecordedAdmin):
    """For whoever has the app's permissions. The state is changed by the actions of the list, which are recorded."""

    list_display = ("network", "handle", "state", "state_changed_at", "verified_on", "verified_by")
    list_display_links = ("network", "handle")
    list_select_related = ("verified_by",)
    list_filter = ("state",)
    readonly_fields = ("state", "state_changed_at", "verified_on", "verified_by")
    actions = ("warn", "restore", "close", "verify")
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_module_perms("officials")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("officials.view_account") or self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("officials.change_account")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("officials.add_account")

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> tuple[str, ...]:
        """Keep the code of an account that exists: links name it."""
        return ("code", *self.readonly_fields) if obj else self.readonly_fields

    @admin.action(description=_("In other hands: warn on every page at once"), permissions=["change"])
    def warn(self, request: HttpRequest, queryset: "QuerySet[Account]") -> None:
        self.switch_all(request, queryset, State.COMPROMISED)

    @admin.action(description=_("Ours again: end the warning"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: "QuerySet[Account]") -> None:
        self.switch_all(request, queryset, State.ACTIVE)

    @admin.action(description=_("No longer in use"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: "QuerySet[Account]") -> None:
        self.switch_all(request, queryset, State.CLOSED)

    def switch_all(self, request: HttpRequest, queryset: "QuerySet[Account]", state: State) -> None:
        changed = sum(switch(account, state, by=request.user) for account in queryset)
        self.tell(request, changed)

    @admin.action(description=_("I have looked: these are ours"), permissions=["change"])
    def verify(self, request: HttpRequest, queryset: "QuerySet[Account]") -> None:
        for account in queryset:
            confirm(account, by=request.user)
        self.tell(request, len(queryset))

    def tell(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)s account was changed.", "%(count)s accounts were changed.", count)
        messages.success(request, text % {"count": count})
