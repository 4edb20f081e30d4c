"""What duty officers write, put in order for readers: `{% load alert_words %}`."""

import re

from django import template

register = template.Library()

# Telephone numbers in any of our digits: in a right-to-left line their groups would change places (UAX #9)
NUMBER = re.compile(r"[+＋]?\d[\d \u00a0-]{4,}\d")
ISOLATE, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.filter
def ordered(text: str) -> str:
    """Keep the groups of each telephone number in their order and on one line, whatever its direction."""
    return NUMBER.sub(lambda found: f"{ISOLATE}{found[0].replace(' ', NO_BREAK)}{END}", text)
