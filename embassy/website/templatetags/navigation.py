"""The sections of the site in the header of every page: `{% load navigation %}{% sections as items %}`."""

from typing import Any

from django import template
from django.utils import timezone

from embassy.content.tree import Shown
from embassy.website import nodes, shelf

register = template.Library()


@register.simple_tag(takes_context=True)
def sections(context: Any) -> list[Shown]:
    """Return the sections in the reader's language.

    A public page knows its edition. Any other page asks nobody: it shows what this process knew last, and nothing
    before its first public page, where the template falls back on the services.
    """
    content = getattr(context.get("request"), "content", None)
    known = content.shelf if content else shelf.latest()
    at = content.at if content else timezone.now()
    return known.tree.sections(nodes.language(), at) if known and known.has_tree else []


@register.simple_tag(takes_context=True)
def page_at(context: Any, path: str) -> Shown | None:
    """Return the page at a path as the reader sees it, as far as this process knows it."""
    content = getattr(context.get("request"), "content", None)
    known = content.shelf if content else shelf.latest()
    at = content.at if content else timezone.now()
    return known.tree.shown(path, nodes.language(), at) if known and known.has_tree else None
