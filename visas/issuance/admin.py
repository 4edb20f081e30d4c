"""E-visas on the officers' bench: looked at by the mission that granted them, revoked by its consul."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from consular.ui.read_only import ReadOnly
from visas.issuance import rules
from visas.issuance.actions.revoke import revoke
from visas.issuance.forms import RevokeForm
from visas.issuance.models import EVisa
from visas.issuance.status import RevocationReason


@admin.register(EVisa)
class EVisaAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Read-only but for one button: Revoke."""

    list_display = ("number", "category", "valid_from", "valid_until", "entries", "issued_at", "revoked_at")
    list_filter = ("category", "revocation_reason")
    search_fields = ("number__exact",)
    search_help_text = _("The whole visa number")
    show_full_result_count = False
    fields = (
        "number", "category", "valid_from", "valid_until", "entries", "stay_days", "mrz", "issued_at",
        "revoked_at", "revoked_by", "revocation_reason", "revoke_link",
    )  # fmt: skip
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).filter(pk__in=EVisa.objects.visible_to(request.user).values("pk"))
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse look-ups by address that no filter offers, such as ?check_token__startswith=…."""
        name, _, how = lookup.partition("__")
        return name in self.list_filter and how in {"", "exact", "isnull"}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: EVisa | None = None) -> bool:
        return bool(request.user.is_staff) and (obj is None or rules.may_see(request.user, obj))

    def get_urls(self) -> list[URLPattern]:
        revoke_page = self.admin_site.admin_view(self.revoke_page)
        return [path("<int:pk>/revoke/", revoke_page, name="issuance_evisa_revoke"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        record("evisa.seen", self.reachable(request, object_id), by=request.user)
        return super().change_view(request, object_id, *args, **kwargs)

    def reachable(self, request: HttpRequest, pk: Any) -> EVisa:
        """Return an e-visa that this member of staff may see; a stranger gets 404."""
        evisa: EVisa | None = (
            self.get_queryset(request).filter(pk=pk).first() if str(pk).isdecimal() else None
        )
        if evisa is None:
            raise Http404
        return evisa

    def revoke_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        evisa = self.reachable(request, pk)
        if not rules.may_revoke(request.user, evisa):
            raise Http404
        form = RevokeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            revoke(evisa, by=request.user, reason=RevocationReason(form.cleaned_data["reason"]))
            messages.success(request, _("The visa is revoked and its holder is told."))
            return redirect("admin:issuance_evisa_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "evisa": evisa,
            "title": _("Revoke this visa"),
        }
        return render(request, "admin/issuance/evisa/revoke.html", context)

    @admin.display(description=_("Revoke"))
    def revoke_link(self, evisa: EVisa) -> str:
        if evisa.revoked_at:
            return str(_("This visa is revoked."))
        address = reverse("admin:issuance_evisa_revoke", args=[evisa.pk])
        return format_html('<a href="{}">{}</a>', address, _("Revoke this visa (consul only)"))
