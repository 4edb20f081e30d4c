"""Showing what was found: `{% load searching %}`."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from consular.lib.wording import forms
from embassy.search.finding import Found

register = template.Library()

_PIECES = re.compile(r"(\s+)")


@register.filter
def marked(text: str, asked: str) -> SafeString:
    """Write a text with the words marked that begin with one of those asked for."""
    wanted = tuple(form for word in forms(asked) for form in word)
    return format_html_join("", "{}", ((_marked(piece, wanted),) for piece in _PIECES.split(text)))


def _marked(piece: str, wanted: tuple[str, ...]) -> str:
    is_one = any(form.startswith(wanted) for word in forms(piece) for form in word)
    return format_html("<mark>{}</mark>", piece) if is_one else piece


@register.filter
def address(text: Found) -> str:
    """Return where a found text stands, in the language of the page."""
    return f"/{get_language()}{text.address}"
