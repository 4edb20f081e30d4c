"""E-visas on the officers' bench: the mission that granted them looks at them and acts on them."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from consular.ui.read_only import ReadOnly
from visas.issuance import bench, rules
from visas.issuance.forms import RevokeForm
from visas.issuance.models import EVisa
from visas.issuance.status import Fault, RevocationReason


@admin.register(EVisa)
class EVisaAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Read-only but for the acts of `bench`."""

    list_display = ("number", "category", "valid_from", "valid_until", "entries", "issued_at", "state")
    list_filter = ("category", "revocation_reason", "seal_key")
    search_fields = ("number__exact",)
    search_help_text = _("The whole visa number")
    show_full_result_count = False
    fields = (
        "number", "state", "category", "valid_from", "valid_until", "entries", "stay_days", "zone", "issued_at",
        "seal_key", "what_is_wrong", "replaces", "revocation_reason", "revocation_asked_by", "revoked_by",
        "revoked_at", "acts",
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
        return name in self.list_filter and how in {"", "exact", "isnull", "id__exact"}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: EVisa | None = None) -> bool:
        return bool(request.user.is_staff) and (obj is None or rules.may_see(request.user, obj))

    def get_urls(self) -> list[URLPattern]:
        act_page = self.admin_site.admin_view(self.act_page)
        return [path("<int:pk>/act/<slug:slug>/", act_page, name="issuance_evisa_act"), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: EVisa | None = None) -> Any:
        """Know who looks: the acts shown are those open to them."""
        if obj is not None:
            obj.seen_by = request.user  # type: ignore[attr-defined]  # For `acts` alone
        return self.fields

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

    def act_page(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Say what an act does, and do it when that is confirmed; to whom it is not open there is no such page."""
        evisa = self.reachable(request, pk)
        act = bench.find(slug, request.user, evisa)
        if act is None:
            raise Http404
        form = RevokeForm(request.POST if request.method == "POST" else None) if act.asks_reason else None
        if request.method == "POST" and (form is None or form.is_valid()):
            given = {"reason": RevocationReason(form.cleaned_data["reason"])} if form else {}
            act.does(evisa, by=request.user, **given)
            messages.success(request, act.done)
            return redirect("admin:issuance_evisa_change", pk)
        context = {"form": form, "evisa": evisa, "act": act, "title": act.label}
        return render(
            request, "admin/issuance/evisa/act.html", {**self.admin_site.each_context(request), **context}
        )

    @admin.display(description=_("State"))
    def state(self, evisa: EVisa) -> str:
        if not evisa.is_ready and not evisa.revoked_at:
            return str(
                _("A fault was found; the applicant does not have it")
                if evisa.faults
                else _("Being prepared")
            )
        return str(evisa.standing(timezone.localdate()).label)

    @admin.display(description=_("Machine-readable zone"))
    def zone(self, evisa: EVisa) -> str:
        return format_html('<pre dir="ltr">{}</pre>', evisa.mrz)

    @admin.display(description=_("What the portal found wrong"))
    def what_is_wrong(self, evisa: EVisa) -> str:
        return " ".join(str(Fault(fault).label) for fault in evisa.faults) or "–"

    @admin.display(description=_("What can be done"))
    def acts(self, evisa: EVisa) -> str:
        links = (
            (reverse("admin:issuance_evisa_act", args=[evisa.pk, act.slug]), act.label)
            for act in bench.open_to(evisa.seen_by, evisa)  # type: ignore[attr-defined]
        )
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))
