"""The cards of "check your answers": what components/summary_list.html shows, section by section."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from consular.questionnaires.schema import Page, Section
from consular.questionnaires.status import Source
from visas.applications.draft import Draft
from visas.applications.summary import Line, lines

Card = dict[str, Any]


def cards(draft: Draft) -> list[Card]:
    """Return a card for every section that can be begun, with a link to change each answer."""
    made = [_card(draft, section) for section in draft.filling.sections()]
    return [card for card in made if card["rows"]]


def _card(draft: Draft, section: Section) -> Card:
    rows = [
        _row(draft, page, line)
        for page in draft.filling.asked_pages(section)
        for line in lines(draft.filling, page)
    ]
    return {"title": str(section.title), "rows": rows}


def _row(draft: Draft, page: Page, line: Line) -> dict[str, Any]:
    address = reverse("applications:page", args=[draft.application.pk, page.id])
    href = f"{address}?from=check#id_{line.question.field_name}"
    text = gettext("Change") if line.text else gettext("Answer")
    return {
        "key": line.label,
        "value": _value(line),
        "actions": [{"href": href, "text": text, "about": line.label}],
    }


def _value(line: Line) -> str:
    """Return the answer as HTML, with a line below where something is to say about it."""
    if line.is_open and not line.text:
        return format_html("<strong>{}</strong>", gettext("Needs an answer"))
    answer = format_html(
        '<bdi dir="{}">{}</bdi>', line.direction or "auto", line.text or gettext("Not given")
    )
    if line.is_open:
        return format_html(
            "{}\n<strong>{}</strong>", answer, line.complaint or gettext("Needs another answer")
        )
    if line.origin == Source.EARLIER:
        return format_html("{}\n{}", answer, gettext("From your earlier application: still right?"))
    return format_html("{}\n({})", answer, line.source) if line.source else answer
