"""The e-mails that would have been sent and papers to hand in, for whoever tries the demonstration."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embassy.demo import samples
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


@require_safe
@login_not_required
def sample_list(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/sample_list.html", {"people": samples.PEOPLE, "names": list(samples.FILES)})


@require_safe
@login_not_required
def sample_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    try:
        content = samples.draw(code, name)
    except KeyError as error:
        raise Http404 from error
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    disposition = {"Content-Disposition": f'attachment; filename="{code}-{name}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)
