"""A section as one page, to print or keep, and as plain text: what its pages say, one after the other."""

import hashlib
import re
from copy import copy
from dataclasses import dataclass
from html.parser import HTMLParser

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve

from embassy.alerts import book as alerts
from embassy.website.content import Content, public_page, release
from embassy.website.machines import for_machines
from embassy.website.nodes import language
from embassy.website.sitemap import PublicPage, public_pages

MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
FORMS = re.compile(r"<form\b.*?</form>", re.DOTALL)
NAMES = re.compile(r'\s(?:id|for|aria-labelledby|aria-describedby|aria-controls)="[^"]*"')
HEADINGS = re.compile(r"(</?h)([1-5])\b")


@dataclass(frozen=True)
class Part:
    """What one page says. `html` was drawn by the page's own templates, which have escaped it."""

    address: str
    html: str

    def __html__(self) -> str:
        return self.html


def parts_of(request: HttpRequest, content: Content, path: str) -> list[Part]:
    """Return the pages of a section in their order; 404 when there is none.

    Drawing them all takes a third of a second: this process keeps them for as long as copies of pages.
    """
    moment = (content.today, content.tree.turn(content.at), alerts.live_ids(content.at))
    made_from = (release(), content.shelf.number, moment, language(), path)
    key = f"whole:{hashlib.sha256(repr(made_from).encode()).hexdigest()}"
    kept: list[Part] | None = caches["local"].get(key)
    if kept is None:
        kept = drawn(request, content, path)
        caches["local"].set(key, kept, settings.PUBLIC_COPIES_KEPT_FOR)
    return kept


def drawn(request: HttpRequest, content: Content, path: str) -> list[Part]:
    pages = [page for page in public_pages(content) if belongs(page, path)]
    if not pages:
        raise Http404(path)
    return [Part(page.address(language()), main_of(request, page)) for page in pages]


def belongs(page: PublicPage, path: str) -> bool:
    return page.path == f"{path}/" or page.path.startswith(f"{path}/")


def main_of(request: HttpRequest, page: PublicPage) -> str:
    """Return what stands in the page's <main> for anybody, one heading lower, without forms, and without names twice."""
    address = f"/{language()}/{page.path}"
    asked = copy(request)
    asked.path = asked.path_info = address
    asked.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_IF_")}
    asked.META |= {"PATH_INFO": address, "QUERY_STRING": ""}
    asked.GET, asked.user = QueryDict(), AnonymousUser()
    vars(asked)["_messages"] = []  # They are for the reader of a page of their own
    asked.resolver_match = match = resolve(address)
    response = match.func(asked, *match.args, **match.kwargs)
    found = MAIN.search(response.text)
    plain = NAMES.sub("", FORMS.sub("", found[1] if found else ""))
    return HEADINGS.sub(lambda heading: f"{heading[1]}{int(heading[2]) + 1}", plain)


@public_page
def page(request: HttpRequest, content: Content, path: str) -> HttpResponse:
    shown = content.tree.shown(path, language(), content.at)
    context = {
        "title": shown.title if shown else path,
        "path": path,
        "parts": parts_of(request, content, path),
    }
    return render(request, "website/whole.html", context)


page.everybodys = False  # type: ignore[attr-defined]  # Search engines have its parts


@for_machines("text/plain")
def text(request: HttpRequest, content: Content, path: str) -> bytes:
    """Return the same as plain text, links' addresses in brackets."""
    ruler = "\n\n" + "-" * 40 + "\n\n"
    parts = (f"{plain(part.html)}\n\n{part.address}" for part in parts_of(request, content, path))
    return f"{settings.EMBASSY_NAME}{ruler}{ruler.join(parts)}\n".encode()


def plain(html: str) -> str:
    """Return HTML of ours as lines of text."""
    writer = PlainText()
    writer.feed(html)
    writer.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(writer.out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class PlainText(HTMLParser):
    """Writes text only: paragraphs apart, list items with a dash, links with their addresses."""

    APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "details", "section", "div"}
    LINES = {"li", "dt", "dd", "tr", "br", "summary"}
    UNREAD = {"svg", "script", "nav"}

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.links: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.UNREAD:
            self.unread.append(tag)
        elif tag in self.APART:
            self.out.append("\n\n")
        elif tag in self.LINES:
            self.out.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in {"td", "th"}:
            self.out.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if self.unread:
            if tag == self.unread[-1]:
                self.unread.pop()
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.out.append(f" ({settings.SITE_URL}{address})" if address.startswith("/") else "")
        elif tag in self.APART:
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.out.append(re.sub(r"\s+", " ", data))
