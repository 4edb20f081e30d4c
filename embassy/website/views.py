"""The public pages."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from embassy.content.status import Kind
from embassy.website import nodes
from embassy.website.content import Content, public_page
from embassy.website.forms import CheckForm, address, as_typed, from_address
from embassy.website.overview import Overview
from visas.policy import rules
from visas.policy.book import NotInForce

SECONDS_AN_HOUR = 3600
VISAS, CITIZENS, NEWS = "visas", "citizens", "news"  # The paths of sections
NEWEST = 3  # pieces of news on the first page


@public_page
def home(request: HttpRequest, content: Content) -> HttpResponse:
    tree, reader = content.tree, nodes.language()
    context = {
        "online": _online(content),
        "citizens": tree.shown(CITIZENS, reader, content.at),
        "sections": tree.sections(reader, content.at),
        "news": tree.below(NEWS, reader, content.at, kind=Kind.NEWS)[:NEWEST],
        "news_url": reverse("website:node", args=[NEWS]),
    }
    return render(request, "website/home.html", context)


def _online(content: Content) -> list[Overview]:
    return [Overview(content.book, each, content.today) for each in content.book.categories if each.online]


@public_page
def visa_list(request: HttpRequest, content: Content) -> HttpResponse:
    overviews = [Overview(content.book, each, content.today) for each in content.book.categories]
    pages = content.tree.children(VISAS, nodes.language(), content.at)
    return render(request, "website/visa_list.html", {"overviews": overviews, "pages": pages})


@public_page
def visa_detail(request: HttpRequest, content: Content, code: str) -> HttpResponse:
    try:
        category = content.book.category(code.upper())
    except KeyError as error:
        raise Http404(code) from error
    overview = Overview(content.book, category, content.today)
    return render(
        request, "website/visa_detail.html", {"overview": overview, "missions": content.offering("visas")}
    )


@public_page
def checker(request: HttpRequest, content: Content) -> HttpResponse:
    """Ask; a complete question leads to the address of its answer, unless its answers are to be changed."""
    book, today = content.book, content.today
    form = CheckForm(request.GET or None, initial={"document": "ordinary"}, book=book, today=today)
    if form.is_valid() and "change" in request.GET:
        form = CheckForm(initial=as_typed(form.question), book=book, today=today)
    elif form.is_valid():
        return redirect(address(form.question))
    return render(request, "website/checker.html", {"form": form})


@public_page
def checker_answer(request: HttpRequest, content: Content, **parts: str) -> HttpResponse:
    """Answer the question in the address; ask again, saying what is wrong, when it cannot be answered."""
    form = CheckForm(from_address(**parts), book=content.book, today=content.today)
    if not form.is_valid():
        return render(request, "website/checker.html", {"form": form}, status=404)
    if address(form.question) != request.path:
        return redirect(address(form.question))
    try:
        answer = rules.requirement(form.question, book=content.book)
    except NotInForce as error:
        raise Http404 from error
    context = {
        "answer": answer,
        "document": content.book.travel_document(answer.question.document),
        "purpose": content.book.purpose(answer.question.purpose),
        "passport": rules.passport_validity(form.question.on, book=content.book),
        "missions": content.offering("visas"),
        "today": content.today,
        "change": reverse("website:checker") + "?" + urlencode({**from_address(**parts), "change": "yes"}),
    }
    return render(request, "website/checker_answer.html", context)


@public_page
def page_privacy(request: HttpRequest, content: Content) -> HttpResponse:
    context = {
        "contact": content.contact,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "hours": settings.SESSION_COOKIE_AGE // SECONDS_AN_HOUR,
    }
    return render(request, "website/page_privacy.html", context)


@public_page
def page_accessibility(request: HttpRequest, content: Content) -> HttpResponse:
    return render(request, "website/page_accessibility.html", {"contact": content.contact})
