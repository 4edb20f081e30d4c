"""Airlines' keys on the bench: a consul makes one, which is shown once, and revokes it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy as _

from consular.missions.access import ForConsuls
from consular.ui.read_only import ReadOnly
from visas.seals.rules import looks_after_keys
from visas.verification import actions
from visas.verification.models import AirlineKey


@admin.register(AirlineKey)
class AirlineKeyAdmin(ForConsuls, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Nobody changes or deletes a key: it is made, and ended by the action of the list."""

    list_display = ("name", "made_by", "made_at", "last_used_on", "revoked_at", "revoked_by")
    fields = ("name",)
    actions = ("revoke",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: AirlineKey, form: Any, change: Any) -> None:
        """Make a key by the verb, and show it this once."""
        obj.pk, secret = actions.make_key(obj.name, by=request.user)
        words = gettext("The key of %(name)s. Copy it now: it is shown once and never again. %(key)s")
        messages.warning(request, words % {"name": obj.name, "key": secret})

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the trail, which has it already."""

    @admin.action(description=_("Revoke the selected keys"), permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[AirlineKey]) -> None:
        if not looks_after_keys(request.user):
            raise PermissionDenied
        for key in queryset:
            actions.revoke_key(key, by=request.user)
        messages.success(request, gettext("The selected keys open nothing any more."))
