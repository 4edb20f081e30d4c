"""Whether something can ever be asked: every way of answering the questions that its conditions speak of is tried. Pure."""

from collections.abc import Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any

from consular.questionnaires.conditions import Condition, holds, names
from consular.questionnaires.editing.pieces import Content, Place
from consular.questionnaires.status import Type

MOST_CHOICES = 8  # Of a question with several answers; beyond that its answer counts as unknown
MOST_WAYS = 20_000  # Beyond that nobody is told anything


def conditions_of(place: Place) -> list[Condition]:
    """Return the conditions that must hold for this place to be asked: its own, and those that it stands in."""
    return [each.piece["when"] for each in place.above() if each.piece.get("when")]


def can_hold(conditions: Sequence[Condition], questions: Mapping[str, Content]) -> bool:
    """Tell whether some answers make all these conditions true. Where it is not known, they may."""
    spoken_of = sorted({name for each in conditions for name in names(each)})
    domains = {name: found for name in spoken_of if (found := _domain(questions.get(name)))}
    ways = 1
    for domain in domains.values():
        ways *= len(domain)
    if ways > MOST_WAYS:
        return True
    together = {"all": list(conditions)}
    return any(
        holds(together, dict(zip(domains, way, strict=True))) is not False
        for way in product(*domains.values())
    )


def _domain(question: Content | None) -> list[Any]:
    """Return every answer that a question may have, None among them; [] where they cannot be counted."""
    if question is None:
        return []
    values = [choice.get("value") for choice in question.get("choices", ())]
    if question.get("type") == Type.YES_NO:
        return [True, False, None]
    if question.get("type") == Type.CHOICE:
        return [*values, None]
    if question.get("type") == Type.CHOICES and len(values) <= MOST_CHOICES:
        several = chain.from_iterable(combinations(values, count) for count in range(1, len(values) + 1))
        return [*map(list, several), None]
    return []
