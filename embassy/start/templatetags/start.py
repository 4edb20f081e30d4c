"""The way from the bench's first page to the checklist: `{% load start %}{% open_points as count %}`."""

from typing import Any

from django import template
from django.conf import settings

from embassy.content import edition
from embassy.start import checklist

register = template.Library()
# The edition at which everything was done: it is not looked at again until the site changes
_done_at: list[int] = []


@register.simple_tag(takes_context=True)
def open_points(context: Any) -> int:
    """Return how much of the start is to be done, for who answers for it; a demonstration has nothing to do."""
    if settings.DEMONSTRATION or not checklist.may_see(context["request"].user):
        return 0
    number = edition.number()
    if number in _done_at:
        return 0
    count = sum(not check.is_done for check in checklist.checks())
    if not count:
        _done_at[:] = [number]
    return count
