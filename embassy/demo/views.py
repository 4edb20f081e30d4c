"""The e-mails that would have been sent, for developers and for whoever tries the demonstration."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embassy.demo.mailbox import letters

LETTERS_ON_A_PAGE = 25


@require_safe
@never_cache
@login_not_required
def mail_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(letters(), LETTERS_ON_A_PAGE)
    return render(request, "demo/mail_list.html", {"page": pages.get_page(request.GET.get("page"))})


@require_safe
@never_cache
@login_not_required
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    found = next((letter for letter in letters() if letter.name == name), None)
    if found is None:
        raise Http404
    right_to_left = found.language in settings.LANGUAGES_BIDI
    return render(request, "demo/mail_detail.html", {"letter": found, "right_to_left": right_to_left})
