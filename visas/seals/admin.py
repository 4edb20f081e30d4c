"""Keys on the officers' bench, for consuls: what there is, what to do next, and each act with a second look."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consular.audit.trail import record
from consular.missions.access import ForConsuls
from consular.ui.read_only import ReadOnly
from visas.seals import actions, bench, rules
from visas.seals.actions import ObstructedError
from visas.seals.models import SignerKey
from visas.seals.status import Use


@admin.register(SignerKey)
class SignerKeyAdmin(ForConsuls, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    list_display = ("__str__", "state", "signs_until", "activated_at", "retired_at", "revoked_at")
    list_filter = ("use", "state")
    change_list_template = "admin/seals/signerkey/list.html"
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse look-ups by address that no filter offers."""
        name, _, how = lookup.partition("__")
        return name in self.list_filter and how in {"", "exact"}

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("plan/<slug:use>/", wrap(require_POST(self.plan)), name="seals_plan"),
            path("<int:pk>/request.pem", wrap(require_safe(self.request_page)), name="seals_request"),
            path("<int:pk>/act/<slug:slug>/", wrap(self.act_page), name="seals_act"),
            *super().get_urls(),
        ]

    def reachable(self, request: HttpRequest, pk: Any) -> SignerKey:
        """Return a key for a consul; to anybody else there is none."""
        known = SignerKey.objects.select_related("authority", "handed_in_by", "published_by", "revoked_by")
        is_number = str(pk).isascii() and str(pk).isdecimal() and len(str(pk)) < len("1000000000")
        key = known.filter(pk=pk).first() if is_number and rules.looks_after_keys(request.user) else None
        if key is None:
            raise Http404
        return key

    def shown(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        return render(
            request, f"admin/seals/signerkey/{template}", {**self.admin_site.each_context(request), **context}
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if not rules.looks_after_keys(request.user):
            raise Http404
        plans = [(use, rules.obstacle_to_planning(request.user, use)) for use in Use]
        return super().changelist_view(request, {"plans": plans, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        key = self.reachable(request, object_id)
        return self.shown(
            request,
            "key.html",
            title=str(key),
            key=key,
            next=bench.what_next(request.user, key),
            command=bench.list_command(key),
            acts=list(bench.open_to(request.user, key)),
        )

    def plan(self, request: HttpRequest, use: str) -> HttpResponse:
        if use not in Use.values or not rules.looks_after_keys(request.user):
            raise Http404
        try:
            key = actions.plan(Use(use), by=request.user)
        except ObstructedError as error:
            messages.error(request, error.obstacle.label)
            return redirect("admin:seals_signerkey_changelist")
        return redirect("admin:seals_signerkey_change", key.pk)

    def request_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the request that the ceremony certifies."""
        key = self.reachable(request, pk)
        if rules.obstacle_to_handing_in(request.user, key):
            raise Http404
        record("key.request_taken", key, by=request.user, reference=key.reference)
        response = HttpResponse(actions.request_of(key), content_type="application/x-pem-file")
        response["Content-Disposition"] = f'attachment; filename="{key.use}-{key.reference}.pem"'
        return response

    def act_page(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Say what an act does, and do it when that is confirmed."""
        key, act = self.reachable(request, pk), bench.find(slug)
        if act is None:
            raise Http404
        if obstacle := act.obstacle(request.user, key):
            messages.error(request, obstacle.label)
            return redirect("admin:seals_signerkey_change", pk)
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_valid() and self.done(request, key, act, form):
            return redirect("admin:seals_signerkey_change", pk)
        return self.shown(request, "act.html", title=act.label, key=key, act=act, form=form)

    def done(self, request: HttpRequest, key: SignerKey, act: bench.Act, form: Any) -> bool:
        try:
            act.does(key, by=request.user, **form.given())
        except ObstructedError as error:
            form.add_error(None, error.obstacle.label)
            return False
        messages.success(request, _("Done."))
        return True
