"""The answers while they are corrected, as cards with a link to change what may be changed."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from consular.questionnaires.schema import Page
from visas.applications.corrections_buffer import Buffer
from visas.applications.summary import Line, lines

Card = dict[str, Any]


def cards(buffer: Buffer, pages: Collection[Page]) -> list[Card]:
    """Return a card for each page that may be changed, as it would be after the correction."""
    return [_card(buffer, page) for page in pages]


def _card(buffer: Buffer, page: Page) -> Card:
    address = reverse("applications:correct_page", args=[buffer.application.pk, page.id])
    title = str(page.title)
    return {
        "title": title,
        "rows": [_row(line) for line in lines(buffer.outcome.after, page)],
        "actions": [{"href": address, "text": gettext("Change"), "about": title}],
    }


def _row(line: Line) -> dict[str, str]:
    answer = line.text or gettext("Not given")
    return {
        "key": line.label,
        "value": format_html('<bdi dir="{}">{}</bdi>', line.direction or "auto", answer),
    }
