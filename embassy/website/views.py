"""The public pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from embassy.content.status import Kind
from embassy.search.actions.note import KEPT_FOR as SEARCHES_KEPT_FOR
from embassy.times import measured
from embassy.website import nodes
from embassy.website.before_law import needs_law
from embassy.website.content import Content, public_page
from embassy.website.overview import Overview

SECONDS_AN_HOUR = 3600
VISAS, CITIZENS, NEWS = "visas", "citizens", "news"  # The paths of sections
NEWEST = 3  # pieces of news on the first page


@public_page
def home(request: HttpRequest, content: Content) -> HttpResponse:
    tree, reader = content.tree, nodes.language()
    context = {
        "online": _categories(content, online=True),
        "citizens": tree.shown(CITIZENS, reader, content.at),
        "sections": tree.sections(reader, content.at),
        "news": tree.below(NEWS, reader, content.at, kind=Kind.NEWS)[:NEWEST],
        "news_url": reverse("website:node", args=[NEWS]),
    }
    return render(request, "website/home.html", context)


def _categories(content: Content, *, online: bool) -> list[Overview]:
    """Return the visas that this portal takes applications for, or those that embassies alone take."""
    book = content.book
    return [Overview(book, each, content.today) for each in book.categories if each.online == online]


@public_page
@needs_law(_("Visas"))
def visa_list(request: HttpRequest, content: Content) -> HttpResponse:
    lists = {"online": _categories(content, online=True), "at_embassies": _categories(content, online=False)}
    pages = content.tree.children(VISAS, nodes.language(), content.at)
    return render(request, "website/visa_list.html", {**lists, "pages": pages})


@public_page
@needs_law(_("Visas"))
def visa_detail(request: HttpRequest, content: Content, code: str) -> HttpResponse:
    try:
        category = content.book.category(code.upper())
    except KeyError as error:
        raise Http404(code) from error
    overview = Overview(content.book, category, content.today)
    context = {
        "overview": overview,
        "missions": content.offering("visas"),
        "figure": measured.of_edition(content.shelf.number).of(category.code),
    }
    return render(request, "website/visa_detail.html", context)


@public_page
def page_privacy(request: HttpRequest, content: Content) -> HttpResponse:
    context = {
        "contact": content.contact,
        "hours": settings.SESSION_COOKIE_AGE // SECONDS_AN_HOUR,
        "search_days": SEARCHES_KEPT_FOR.days,
    }
    return render(request, "website/page_privacy.html", context)


@public_page
def page_accessibility(request: HttpRequest, content: Content) -> HttpResponse:
    return render(request, "website/page_accessibility.html", {"contact": content.contact})
