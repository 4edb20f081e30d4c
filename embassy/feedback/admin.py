"""Remarks in the admin, page by page: open, done, and what was done."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _, ngettext

from consular.accounts.admin import RecordedAdmin
from consular.audit.trail import record
from embassy.feedback.models import Remark
from embassy.feedback.status import State

SHOWN = 120  # characters


@admin.register(Remark)
class RemarkAdmin(RecordedAdmin):
    """For whoever has the app's permissions. What readers wrote is not rewritten."""

    list_display = ("page", "language", "is_useful", "excerpt", "given_at", "state")
    list_filter = ("state", "is_useful", "language")
    search_fields = ("page__startswith",)
    search_help_text = _("The beginning of an address, such as /visas/")
    readonly_fields = ("page", "language", "is_useful", "text", "given_at")
    fields = (*readonly_fields, "state", "note")
    actions = ("settle",)
    show_full_result_count = False

    @admin.display(description=_("what went wrong"))
    def excerpt(self, remark: Remark) -> str:
        return Truncator(remark.text).chars(SHOWN)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_module_perms("feedback")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("feedback.view_remark") or self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("feedback.change_remark")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only readers make remarks."""
        return False

    @admin.action(description=_("Done"), permissions=["change"])
    def settle(self, request: HttpRequest, queryset: "QuerySet[Remark]") -> None:
        opened = queryset.filter(state=State.OPEN)
        for remark in opened:
            record("remark.done", remark, by=request.user)
        count = queryset.filter(state=State.OPEN).update(state=State.DONE)
        text = ngettext("%(count)s remark is done.", "%(count)s remarks are done.", count)
        messages.success(request, text % {"count": count})
