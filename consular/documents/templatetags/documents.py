"""The words about a document for templates: `{% load documents %}`."""

from typing import Any

from django import template

from consular.documents import explain, photo_rules
from consular.documents.models import Document
from consular.documents.photo_sheet import Asked, Sheet
from consular.documents.status import State

register = template.Library()

COLOURS = {State.RECEIVED: "yellow", State.FAILED: "yellow", State.CLEAN: "green", State.REFUSED: "red"}


@register.simple_tag
def explained(document: Document) -> dict[str, Any]:
    """Return `label`, `colour`, `sentence`, `advice` (a list) and `same_file` ('' or a remark) of a document."""
    label, sentence = explain.words(document)
    return {
        "label": label,
        "colour": "grey" if document.removed_at else COLOURS[State(document.state)],
        "sentence": sentence,
        "advice": explain.advice(document),
        "same_file": explain.same_file(document),
    }


@register.simple_tag
def photo_sheet(document: Document) -> Sheet | None:
    """Return what a photo measures, with lines to draw over it; None for any other document."""
    return Sheet.of(document)


@register.simple_tag
def photo_asked(mission: str) -> Asked:
    """Return what a mission asks of a photo."""
    return Asked(photo_rules.rules().of_mission(mission))
