"""Every public page of the site, for search engines, for copies of a section, and for the tests that walk them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from embassy.alerts import book
from embassy.content.tree import Page
from embassy.website.content import Content
from embassy.website.machines import for_machines

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# Written out: prefixes registered with ElementTree are the process's, and WeasyPrint takes the empty one
NAMES = {"xmlns": SITEMAP, "xmlns:xhtml": XHTML}


@dataclass(frozen=True)
class PublicPage:
    """A page by its address without the language, such as "visas/tv/", and the languages that it is written in."""

    path: str
    languages: tuple[str, ...] = LANGUAGES
    changed_at: datetime | None = None

    def address(self, language: str) -> str:
        return f"{settings.SITE_URL}/{language}/{self.path}"


def public_pages(content: Content) -> list[PublicPage]:
    """Return every page that search engines may show, each once: what staff have written knows its languages best."""
    pages = [PublicPage(path) for path in (*fixed_paths(), *numbered_paths(content))]
    return list({page.path: page for page in (*pages, *nodes(content))}.values())


@cache
def fixed_paths() -> tuple[str, ...]:
    """Return the addresses of the public pages that take no part of their address from data."""
    with override("en"):
        found = [
            reverse(name) for name, _ in everybodys(get_resolver()) if not name.endswith(NOT_TO_BE_FOUND)
        ]
    return tuple(path.removeprefix("/en/") for path in found)


NOT_TO_BE_FOUND = (":search", ":find", ":results")  # Their pages are answers to questions


def everybodys(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield the name of every public page without arguments."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not entry.pattern.regex.groups:
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from everybodys(entry, inner)
        elif getattr(entry.callback, "everybodys", False) and not entry.pattern.regex.groups:
            yield f"{namespace}{entry.name}", entry


def numbered_paths(content: Content) -> list[str]:
    """Return the addresses of the pages about one kind of visa, one post or one alert."""
    visas = [path_of("website:visa_detail", each.code.lower()) for each in content.book.categories]
    posts = [path_of("website:post_detail", each.code) for each in content.missions]
    alerts = [path_of("alerts:detail", each.reference) for each in book.live(content.at)]
    return [*visas, *posts, *alerts]


def path_of(name: str, *args: Any) -> str:
    with override("en"):
        return reverse(name, args=args).removeprefix("/en/")


def nodes(content: Content) -> list[PublicPage]:
    """Return the pages kept by staff, with the languages in which each of them is live."""
    found = ((page, page.languages(content.at)) for page in content.tree.pages.values())
    return [node(page, languages, content.at) for page, languages in found if languages]


def node(page: Page, languages: list[str], at: datetime) -> PublicPage:
    live = [text for text in page.texts if text.is_live(at)]
    return PublicPage(f"{page.path}/", tuple(languages), max(text.live_from for text in live))


@for_machines("application/xml")
def index(request: HttpRequest, content: Content) -> bytes:
    """Return the index of the sitemaps, one a language."""
    root = ET.Element("sitemapindex", xmlns=SITEMAP)
    for language in LANGUAGES:
        entry = ET.SubElement(root, "sitemap")
        address = settings.SITE_URL + reverse("sitemap", args=[language])
        ET.SubElement(entry, "loc").text = address
    return written(root)


@for_machines("application/xml")
def sitemap(request: HttpRequest, content: Content, language: str) -> bytes:
    """Return the pages of a language, each with the addresses of its other languages."""
    if language not in LANGUAGES:
        raise Http404
    root = ET.Element("urlset", NAMES)
    for page in public_pages(content):
        if language in page.languages:
            root.append(entry_of(page, language))
    return written(root)


def entry_of(page: PublicPage, language: str) -> ET.Element:
    entry = ET.Element("url")
    ET.SubElement(entry, "loc").text = page.address(language)
    if page.changed_at:
        ET.SubElement(entry, "lastmod").text = f"{page.changed_at:%Y-%m-%d}"
    others = {other: page.address(other) for other in page.languages}
    for other, address in {**others, "x-default": f"{settings.SITE_URL}/{page.path}"}.items():
        link = {"rel": "alternate", "hreflang": other, "href": address}
        ET.SubElement(entry, "xhtml:link", link)
    return entry


def written(root: ET.Element) -> bytes:
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


PRIVATE = ("account", "apply", "documents", "evisa", "feedback", "my", "staff", "status", "verify")


@for_machines("text/plain")
def robots(request: HttpRequest, content: Content) -> bytes:
    """Keep robots from what belongs to one person, and from answers of which there is no end."""
    closed = [f"Disallow: /{language}/{path}/" for language in LANGUAGES for path in PRIVATE]
    lines = [
        "User-agent: *",
        *closed,
        "Disallow: /*?",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}",
    ]
    return ("\n".join(lines) + "\n").encode()
