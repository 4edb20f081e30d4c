"""What waits for staff of the public site, on the bench's first page: `{% load bench %}{% public_work as work %}`."""

from typing import Any

from django import template

from embassy.website import waiting

register = template.Library()


@register.simple_tag(takes_context=True)
def public_work(context: Any) -> dict[str, Any]:
    """Return whether the public site is work of who reads the page (`is_any`), and what of it waits (`lines`)."""
    user = context["request"].user
    is_any = waiting.is_public_work(user)
    return {"is_any": is_any, "lines": waiting.lines(user) if is_any else []}
