"""The gallery and the error pages, without the rest of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from consular.ui.views import gallery

handler400 = "consular.ui.views.bad_request"


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@login_not_required
def accepts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


@login_not_required
def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)} fields")


urlpatterns = [
    *i18n_patterns(
        path("gallery/", gallery, name="gallery"),
        path("forbidden/", forbidden),
        path("broken/", broken),
        path("guarded/", accepts),
        path("open/", csrf_exempt(accepts)),
        path("reading/", csrf_exempt(reads)),
    ),
]
