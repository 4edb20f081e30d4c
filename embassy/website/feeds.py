"""Atom feeds (RFC 4287): what is new, by kind and language; alerts by country too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from embassy.content.status import Kind
from embassy.content.tree import Page
from embassy.website.content import Content
from embassy.website.machines import for_machines
from embassy.website.nodes import language

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
ET.register_namespace("atom", ATOM)
MOST = 50  # entries
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# What a feed may be about, in its address; the kinds of page in it; its title
FEEDS = {
    "all": ((Kind.NEWS, Kind.PAGE, Kind.QUESTION, Kind.SECTION), _("News and changes")),
    "news": ((Kind.NEWS,), _("News")),
    "pages": ((Kind.PAGE, Kind.SECTION), _("Pages that changed")),
    "questions": ((Kind.QUESTION,), _("Questions and answers")),
}


@dataclass(frozen=True)
class Entry:
    """One thing that is new. `address` is absolute, never changes, and is the entry's id."""

    address: str
    title: str
    summary: str
    published_at: datetime
    updated_at: datetime
    kind: str = ""
    country: str = ""


@dataclass(frozen=True)
class Feed:
    """`path` is the feed's own address and `page` the one for people, both without the site."""

    title: str
    path: str
    page: str
    language: str

    def written(self, entries: Iterable[Entry]) -> bytes:
        """Return the document, the newest entries first; a feed without entries has no news since 2026 began."""
        newest = sorted(entries, key=lambda entry: entry.updated_at, reverse=True)[:MOST]
        root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": self.language})
        self.head(root, newest[0].updated_at.isoformat() if newest else NO_NEWS_SINCE)
        for entry in newest:
            root.append(element(entry))
        found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return found

    def head(self, root: ET.Element, updated: str) -> None:
        site, name = settings.SITE_URL, str(settings.EMBASSY_NAME)
        put(root, "id", site + self.path)
        put(root, "title", f"{self.title} – {name}")
        put(root, "updated", updated)
        put(put(root, "author"), "name", name)
        put(root, "link", rel="self", type=ATOM_TYPE, href=site + self.path)
        put(root, "link", rel="alternate", type="text/html", href=site + self.page)


NO_NEWS_SINCE = "2026-01-01T00:00:00+00:00"


def element(entry: Entry) -> ET.Element:
    found = ET.Element(f"{{{ATOM}}}entry")
    put(found, "id", entry.address)
    put(found, "title", entry.title)
    put(found, "published", entry.published_at.isoformat())
    put(found, "updated", entry.updated_at.isoformat())
    put(found, "link", rel="alternate", type="text/html", href=entry.address)
    put(found, "summary", entry.summary or entry.title)
    for term in filter(None, (entry.kind, entry.country)):
        put(found, "category", term=term)
    return found


def put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = NOT_IN_XML.sub("", text) or None
    return child


@for_machines(ATOM_TYPE)
def feed(request: HttpRequest, content: Content, kind: str) -> bytes:
    """Return what is new among the pages of a kind that are written in the language of the address."""
    if kind not in FEEDS:
        raise Http404(kind)
    kinds, title = FEEDS[kind]
    pages = (page for page in content.tree.pages.values() if page.kind in kinds)
    found = Feed(str(title), request.path, reverse("website:home"), language())
    return found.written(entry for page in pages if (entry := entry_of(page, content.at)))


def entry_of(page: Page, at: datetime) -> Entry | None:
    text = page.live(language(), at)
    if text is None:
        return None
    first = min(each.live_from for each in page.texts if each.language == text.language)
    address = f"{settings.SITE_URL}/{text.language}/{page.path}/"
    return Entry(address, text.title, text.summary, first, text.live_from, kind=page.kind)


def offered() -> list[tuple[str, str]]:
    """Return the feeds of the reader's language: title and address."""
    return [(str(title), reverse("website:feed", args=[kind])) for kind, (_kinds, title) in FEEDS.items()]
