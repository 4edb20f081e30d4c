"""What the pages about pages need: `{% load pages %}`."""

from typing import Any

from django import template

from consular.ui.context_processors import in_language as address_in_language

register = template.Library()


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """Return what a dictionary has under a key."""
    return mapping.get(key)


@register.filter
def in_language(address: str, code: str) -> str:
    """Return the address of the same page in another language."""
    return address_in_language(address, code)
