"""The admin site as the officers' bench: our own models only, our own index, sign-in by allauth."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from allauth.account.views import logout
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

OURS = ("consular.", "visas.", "embassy.")


class DeskSite(AdminSite):
    """Staff only: to everybody else these pages do not exist. The second factor is the middleware's."""

    site_header = site_title = index_title = _("Officers’ bench")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our own models. Others' (sign-in secrets, sessions, groups) stay out of the admin."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        ours = [model for model in models if model.__module__.startswith(OURS)]
        super().register(ours, admin_class, **options)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Answer 404 to who is signed in but no member of staff, and to staff whose role does not reach this page."""
        guarded = super().admin_view(view, cacheable)

        def for_staff(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise Http404
            if is_history_of_nothing(view, request, kwargs):
                raise Http404
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as denied:  # Django's own pages tell that there is something to hide
                raise Http404 from denied

        return update_wrapper(for_staff, view)

    def get_urls(self) -> list[Any]:
        return [path("", include("consular.desk.urls")), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the queues, and what is wrong with the work owed."""
        from consular.desk.home import home

        context = {
            **self.each_context(request),
            "title": self.index_title,
            **home(request.user, self.get_app_list(request)),
        }
        request.current_app = self.name
        return TemplateResponse(request, "desk/index.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send on who has signed in: the sign-in itself is allauth's, before this page is reached."""
        if not self.has_permission(request):
            raise Http404
        wanted = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=request.is_secure()
        )
        return HttpResponseRedirect(wanted) if safe else redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")


def is_history_of_nothing(view: Callable[..., Any], request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Tell whether this is the history of a row that is not there.

    Django would send the reader on, and so tell rows that they may not see from rows that are not there.
    """
    owner = getattr(view, "__self__", None)
    if not isinstance(owner, ModelAdmin) or view.__name__ != "history_view":
        return False
    return owner.get_object(request, unquote(kwargs["object_id"])) is None
