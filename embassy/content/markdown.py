"""The restricted Markdown that pages are written in, drawn as HTML of the design system.

Headings of two levels, lists, tables, links, emphasis, and four blocks: `:::warning`, `:::inset`,
`:::details Title` and `:::steps` (round a numbered list), each ended by `:::`. HTML is shown as it was typed,
pictures as their description. What is drawn is sanitised again: nh3 lets through what this module draws, no more.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from typing import Any

import nh3
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

LONGEST = 100_000  # characters
DEEPEST = 12  # lists and blocks inside each other
BLOCKS = ("warning", "inset", "details", "steps")
SCHEMES = {"http", "https", "mailto", "tel"}
WITHOUT_LANGUAGE = ("/api/", "/static/", "/.well-known/")  # Addresses of this site that have none

CLASSES = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "blockquote": "govuk-inset-text",
}
TAGS = {*CLASSES, "li", "em", "strong", "code", "br", "div", "span", "details", "summary", "bdi"}
ATTRIBUTES = {
    "*": {"class", "dir", "lang"},
    "a": {"href"},
    "span": {"aria-hidden"},
    "th": {"scope"},
    "ol": {"start"},
}


def render(source: str, language: str) -> SafeString:
    """Return the HTML of a text in `language`. A link that begins with / is to this site, in that language."""
    with translation.override(language):
        drawn = _parser().render(source[:LONGEST], {"language": language})
    clean = nh3.clean(
        drawn, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
    )
    return format_html("{}", SafeClean(clean))


class SafeClean(str):
    """Text that nh3 has cleaned."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def in_language(html: str, written_in: str, shown_in: str) -> SafeString:
    """Return what `render` drew with its links to this site leading to the pages of another language."""
    return format_html("{}", SafeClean(html.replace(f'href="/{written_in}/', f'href="/{shown_in}/')))


def plain(source: str) -> str:
    """Return the words of a text, a line for each paragraph, without marks."""
    drawn = _parser().render(source[:LONGEST], {"plain": True})
    lines = re.sub(r"</(p|h2|h3|li|td|th|summary|div)>", "\n", drawn)
    words = unescape(re.sub(r"<[^>]*>", "", lines))
    return "\n".join(line for part in words.splitlines() if (line := " ".join(part.split())))


def links(source: str) -> list[str]:
    """Return where the links of a text lead, as they are written."""
    found = _all(_parser().parse(source[:LONGEST], {"plain": True}))
    return [str(token.attrs.get("href", "")) for token in found if token.type == "link_open"]


def _all(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from _all(token.children or [])


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": DEEPEST})
    parser.enable("table").disable(["html_block", "html_inline", "code", "lheading"])
    parser.validateLink = is_allowed  # type: ignore[method-assign]
    for name in BLOCKS:
        parser.use(container_plugin, name, render=_draw_block, validate=_names(name))
    parser.core.ruler.push("design", _design)
    parser.add_render_rule("image", _draw_description)
    parser.add_render_rule("fence", _draw_quoted)
    return parser


def is_allowed(url: str) -> bool:
    """Tell whether a link may lead there: an address of this site, or one of a scheme that we allow."""
    scheme, colon, _rest = url.strip().partition(":")
    if not colon or "/" in scheme or "#" in scheme or "?" in scheme:
        return not url.startswith(("//", "/\\", "\\"))
    return scheme.lower() in SCHEMES


def _names(name: str) -> Any:
    """Return what recognises a block: its name alone, and a title where it has one."""

    def recognise(info: str, *_: Any) -> bool:
        word, _space, title = info.strip().partition(" ")
        return word == name and (name == "details") == bool(title.strip())

    return recognise


def _design(state: Any) -> None:
    """Give every element its class, headings their levels, and links their language."""
    language = state.env.get("language", "")
    for token in _all(state.tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
        if token.nesting >= 0 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in {"th_open", "td_open"}:
            token.attrs.pop("style", None)
        if token.type == "link_open" and language:
            _lead(token, language)


def _lead(token: Token, language: str) -> None:
    href = str(token.attrs["href"])
    if href.startswith("/") and not href.startswith(WITHOUT_LANGUAGE):
        token.attrSet("href", f"/{language}{href}")
    elif href.startswith(("mailto:", "tel:")):
        token.attrSet("dir", "ltr")


def _draw_block(self: Any, found: list[Token], place: int, options: Any, env: Any) -> str:
    token = found[place]
    name = token.type.split("_")[1]
    if token.nesting < 0:
        return {"details": "</div></details>\n", "warning": "</div></div>\n"}.get(name, "</div>\n")
    if name == "details":
        title = escape(token.info.strip().partition(" ")[2].strip())
        return (
            '<details class="govuk-details"><summary class="govuk-details__summary">'
            f'<span class="govuk-details__summary-text">{title}</span></summary><div class="govuk-details__text">\n'
        )
    if name == "warning" and "plain" in env:
        return "<div><div>"
    if name == "warning":
        word = escape(translation.gettext("Warning"))
        return (
            '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
            f'<div class="govuk-warning-text__text"><span class="govuk-visually-hidden">{word}</span>\n'
        )
    return f'<div class="{"govuk-inset-text" if name == "inset" else "steps"}">\n'


def _draw_description(self: Any, found: list[Token], place: int, options: Any, env: Any) -> str:
    return escape(found[place].content)


def _draw_quoted(self: Any, found: list[Token], place: int, options: Any, env: Any) -> str:
    return f'<p class="govuk-body"><code dir="ltr">{escape(found[place].content.strip())}</code></p>\n'
