"""What a page tells machines and footers: addresses, descriptions, linked data. `{% load reach %}`."""

from html import unescape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.translation import get_language

from consular.ui.context_processors import in_language
from embassy.officials import book
from embassy.officials.models import Account
from embassy.website import structured, text_mode

register = template.Library()

LONGEST_DESCRIPTION = 200  # characters; search engines show fewer


@register.simple_tag(takes_context=True)
def view_address(context: Any) -> str:
    """Return the address of this page in the other view: text only, or full."""
    request: HttpRequest = context["request"]
    return text_mode.address(request, text_mode.FULL if text_mode.is_on(request) else text_mode.TEXT)


@register.simple_tag(takes_context=True)
def about_page(context: Any) -> str:
    """Return the query that tells the feedback page which page it is about."""
    return "?" + urlencode({"page": context["request"].path})


@register.simple_tag(takes_context=True)
def everybodys(context: Any) -> bool:
    """Tell whether `public_page` made the view: only such pages are for search engines, feeds and remarks."""
    match = getattr(context.get("request"), "resolver_match", None)
    return bool(match and getattr(match.func, "everybodys", False))


@register.simple_tag(takes_context=True)
def own_address(context: Any, language: str = "") -> str:
    """Return the absolute address of the page without its query; in `language`, or in the reader's by `any`."""
    request: HttpRequest = context["request"]
    path = request.path
    if language == "any":
        path = path.removeprefix(f"/{get_language()}")
    elif language:
        path = in_language(path, language)
    return settings.SITE_URL + path


@register.simple_tag(takes_context=True)
def block_text(context: Any, name: str) -> str:
    """Return what a block of the page says, once more and without tags; empty where the page does not fill it."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    said = " ".join(unescape(strip_tags(block.render(context))).split()) if block else ""
    return said if len(said) <= LONGEST_DESCRIPTION else said[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + "…"


@register.simple_tag(takes_context=True)
def linked_data(context: Any) -> structured.LinkedData | str:
    """Return the page's schema.org description, as data that browsers do not run; empty where there is none."""
    return structured.of_page(context)


@register.simple_tag
def as_drawn(part: Any) -> Any:
    """Write what a template of ours has drawn already, and so escaped."""
    return part


@register.simple_tag(takes_context=True)
def accounts_in_other_hands(context: Any) -> tuple[Account, ...]:
    """Return the accounts to warn of on this page; on one that tells of an error, those known without asking."""
    if not context.get("request"):
        return book.kept()
    content = getattr(context["request"], "content", None)
    return book.of_edition(content.shelf.number) if content else book.lately()
