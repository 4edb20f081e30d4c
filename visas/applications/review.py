"""The cards of "check your answers": what components/summary_list.html shows, section by section."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from consular.questionnaires.schema import Page, Section
from consular.questionnaires.status import Source
from visas.applications.draft import Draft
from visas.applications.mandates import Marks, marks
from visas.applications.party_names import same_as_words
from visas.applications.summary import Line, lines

Card = dict[str, Any]


def cards(draft: Draft) -> list[Card]:
    """Return a card for every section that can be begun, with a link to change each answer."""
    by_others = marks(draft.application.sheet)
    made = [_card(draft, section, by_others) for section in draft.filling.sections()]
    return [card for card in made if card["rows"]]


def _card(draft: Draft, section: Section, by_others: Marks) -> Card:
    rows = [
        _row(draft, page, _named(line, same_as_words(draft.alike.get(section.id, ""))))
        for page in draft.filling.asked_pages(section)
        for line in lines(draft.filling, page, by_others)
    ]
    return {"title": str(section.title), "rows": rows}


def _named(line: Line, as_whom: str) -> Line:
    """Say whose answer it is, where a section has those of another traveller."""
    return replace(line, source=as_whom) if as_whom and line.origin == Source.MEMBER else line


def _row(draft: Draft, page: Page, line: Line) -> dict[str, Any]:
    address = reverse("applications:page", args=[draft.application.pk, page.id])
    href = f"{address}?from=check#id_{line.question.field_name}"
    text = gettext("Change") if line.text else gettext("Answer")
    return {
        "key": line.label,
        "value": format_html("{}\n{}", _value(line), line.by) if line.by and line.text else _value(line),
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
