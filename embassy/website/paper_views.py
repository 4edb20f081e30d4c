"""Papers to print: asked for by strangers, so drawn within limits."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from embassy.website import papers
from embassy.website.content import Content, public_page
from embassy.website.forms import CheckForm, address, from_address
from embassy.website.posts_views import found
from visas.policy import rules
from visas.policy.book import NotInForce


@public_page
def checklist(request: HttpRequest, content: Content, **parts: str) -> HttpResponse:
    """Give the checklist of the answer that the address asks for; its page says what is wrong with a wrong one."""
    form = CheckForm(from_address(**parts), book=content.book, today=content.today)
    if not form.is_valid():
        return render(request, "website/checker.html", {"form": form}, status=404)
    page = address(form.question)
    if (own := f"{page}checklist.pdf") != request.path:
        return redirect(own)
    try:
        answer = rules.requirement(form.question, book=content.book)
    except NotInForce as error:
        raise Http404 from error

    def draw(language: str) -> bytes:
        return papers.checklist_pdf(answer, content, page, language)

    return pdf(request, content, draw, name="checklist")


@public_page
def wallet_card(request: HttpRequest, content: Content, code: str) -> HttpResponse:
    mission = found(content, code)
    if not mission.emergency_phone:
        return redirect(reverse("website:post_detail", args=[code]))

    def draw(language: str) -> bytes:
        return papers.wallet_card_pdf(mission, content, language)

    return pdf(request, content, draw, name=f"emergency-card-{code}")


def pdf(request: HttpRequest, content: Content, draw: Callable[[str], bytes], *, name: str) -> HttpResponse:
    """Return the paper at this address; ask the reader to wait when too many were drawn."""
    try:
        drawn = papers.paper(request, content, draw)
    except papers.TooManyPapersError:
        return render(request, "website/papers_busy.html", status=429)
    named = {"Content-Disposition": f'inline; filename="{name}-{request.LANGUAGE_CODE}.pdf"'}
    return HttpResponse(drawn, content_type="application/pdf", headers=named)
