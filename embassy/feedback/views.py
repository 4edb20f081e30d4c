"""The page behind "Was this page useful?". It keeps no cookie, so its form has no token (docs/decisions/0014)."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from embassy.content.links import is_published
from embassy.feedback.actions.keep import keep
from embassy.feedback.forms import RemarkForm
from embassy.feedback.rules import comes_from_our_page

REMARKS_A_NETWORK, AN_HOUR = 20, 3600
LONGEST_ADDRESS = 200


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def give(request: HttpRequest) -> HttpResponse:
    """Ask, and keep the answer; the page that it is about stands in `page`."""
    page = about(request)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not comes_from_our_page(request):
        raise PermissionDenied("The form was sent from another site")
    if not form.is_valid():
        return render(request, "feedback/give.html", {"form": form, "page": page})
    if not allow("feedback", client_address(request), tries=REMARKS_A_NETWORK, seconds=AN_HOUR):
        return render(request, "429.html", status=429)
    keep(page=without_language(page), language=get_language() or settings.LANGUAGE_CODE, **form.cleaned_data)
    return redirect(f"{reverse('feedback:thanks')}?{urlencode({'page': page})}")


@require_safe
@never_cache
@login_not_required
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/thanks.html", {"page": about(request)})


def about(request: HttpRequest) -> str:
    """Return the address in `page`, in the reader's language, if it is a public page of ours; else the home page's."""
    home = f"/{get_language()}/"
    page = home + without_language(request.GET.get("page", "")).removeprefix("/")
    return page if is_public(page) else home


def is_public(page: str) -> bool:
    if len(page) > LONGEST_ADDRESS or page.startswith("//"):
        return False
    try:
        match = resolve(page)
    except (Resolver404, UnicodeError):
        return False
    is_there = "path" not in match.kwargs or is_published(match.kwargs["path"])
    return is_there and bool(getattr(match.func, "everybodys", False))


def without_language(page: str) -> str:
    language, _, rest = page[1:].partition("/")
    return f"/{rest}" if language in dict(settings.LANGUAGES) else page
