"""A questionnaire's JSON piece by piece. Pure.

The address of a piece says the way to it by ids, so that it stays the same whatever else moves:

    whole                                         the title
    sections/trip/pages/dates                     a page
    sections/trip/pages/dates/questions/arrives   a question; its choices, columns and details stand below it
    closing                                       the last page

A group and a check have no id: their key is a digest of what they say.
"""

import hashlib
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from consular.questionnaires.conditions import ConditionError, names
from consular.questionnaires.editing.status import ASKS, Kind

WHOLE = "whole"
STILL_RIGHT = "still_right"  # Beside the title: address → the English that its translations were read against
KINDS = {
    "sections": Kind.SECTION,
    "pages": Kind.PAGE,
    "closing": Kind.PAGE,
    "questions": Kind.QUESTION,
    "columns": Kind.COLUMN,
    "details": Kind.DETAILS,
    "choices": Kind.CHOICE,
    "checks": Kind.CHECK,
}
SINGLE = ("closing", "details")
LISTS = tuple(name for name in KINDS if name not in SINGLE)
NOT_OWN = (*KINDS, "context", STILL_RIGHT)
TEXTS = {
    Kind.WHOLE: ("title",),
    Kind.SECTION: ("title", "chapter"),
    Kind.PAGE: ("title", "intro"),
    Kind.GROUP: ("title",),
    Kind.QUESTION: ("label", "hint", "called", "required_message", "row_title"),
    Kind.CHOICE: ("label", "hint"),
    Kind.CHECK: ("message",),
}
TEXTS |= dict.fromkeys(ASKS, TEXTS[Kind.QUESTION])

Content = dict[str, Any]


class GoneError(LookupError):
    """There is no such piece in the questionnaire."""


@dataclass(frozen=True)
class Place:
    """Where a piece stands: it is `owner[key]`. `of` is the place that it belongs to."""

    kind: Kind
    owner: Any
    key: Any
    where: str
    of: "Place | None" = None

    @property
    def piece(self) -> Content:
        found: Content = self.owner[self.key]
        return found

    @property
    def name(self) -> str:
        """Its id, or value; '' where it has none."""
        return str(self.piece.get("id") or self.piece.get("value") or "")

    @property
    def siblings(self) -> list[Content] | None:
        return self.owner if isinstance(self.owner, list) else None

    def above(self) -> Iterator["Place"]:
        """Yield this place and those that it stands in, the nearest first."""
        place: Place | None = self
        while place:
            yield place
            place = place.of


def digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:12]


def own(piece: Content) -> Content:
    """Return what a piece says itself, without the pieces that stand in it."""
    return {name: value for name, value in piece.items() if name not in NOT_OWN}


def token(piece: Content) -> str:
    """Return what tells whether somebody has rewritten a piece."""
    return digest(own(piece))


def key_of(piece: Content) -> str:
    return str(piece.get("id") or piece.get("value") or digest(piece.get("title") or own(piece)))


def root(content: Content) -> Place:
    return Place(Kind.WHOLE, {WHOLE: content}, WHOLE, WHOLE)


def inside(place: Place) -> Iterator[Place]:
    """Yield the places directly inside, in the order in which they are asked."""
    piece, base = place.piece, "" if place.kind == Kind.WHOLE else f"{place.where}/"
    for name, kind in KINDS.items():
        if name in SINGLE and piece.get(name):
            yield Place(kind, piece, name, f"{base}{name}", place)
        for index, each in enumerate(piece.get(name, ()) if name in LISTS else ()):
            is_group = name == "questions" and "questions" in each
            yield Place(
                Kind.GROUP if is_group else kind, piece[name], index, f"{base}{name}/{key_of(each)}", place
            )


def walk(content: Content) -> Iterator[Place]:
    """Yield every place, the whole first, then in order, checks last."""
    places = list(_below(root(content)))
    yield from (place for place in places if place.kind != Kind.CHECK)
    yield from (place for place in places if place.kind == Kind.CHECK)


def _below(place: Place) -> Iterator[Place]:
    yield place
    for each in inside(place):
        yield from _below(each)


def find(content: Content, where: str) -> Place:
    """Return the first place of that address; GoneError if there is none."""
    for place in walk(content):
        if place.where == where:
            return place
    raise GoneError(where)


def changed(content: Content) -> Content:
    """Return a copy to be changed."""
    return deepcopy(content)


def in_short(text: Any) -> str:
    """Return the beginning of a text in English, or in whatever language there is."""
    words = str(text.get("en") or next(iter(text.values()), ""))
    return words if len(words) <= 80 else f"{words[:79]}…"  # noqa: PLR2004 - a line


# Which names there are


def ids(content: Content) -> dict[str, Content]:
    """Return every question that conditions may speak of, by id; details too, columns not."""
    asked = (place for place in walk(content) if place.kind in {Kind.QUESTION, Kind.DETAILS})
    return {place.name: place.piece for place in asked}


def known_before(content: Content, place: Place) -> list[str]:
    """Return the names that a condition at this place may speak of: the context, and what earlier pages ask."""
    found = list(content.get("context", ()))
    for each in walk(content):
        if _ends_before(each, place):
            break
        if each.kind in {Kind.QUESTION, Kind.DETAILS}:
            found.append(each.name)
    return found


def _ends_before(each: Place, place: Place) -> bool:
    """Tell whether the walk has come to what is not asked earlier than `place`, which may be new (its key is None)."""
    if place.kind == Kind.CHECK:
        return False
    if place.key is None and place.kind == Kind.SECTION:
        return each.where == "closing"
    if place.key is None and place.kind == Kind.PAGE and place.of:
        return each.where == "closing" or (each.kind == Kind.SECTION and each.key > place.of.key)
    limit = next(up.where for up in place.above() if up.kind in {Kind.PAGE, Kind.SECTION, Kind.WHOLE})
    return each.where == limit


def spoken_of(piece: Content) -> set[str]:
    """Return the names that a piece's own condition or check speaks of; badly written ones speak of nothing."""
    try:
        found = set(names(piece.get("when")))
    except (ConditionError, RecursionError, TypeError, AttributeError):
        found = set()
    bounds = (piece.get(name) for name in ("at_least", "at_most"))
    found |= {bound["of"] for bound in bounds if isinstance(bound, dict) and "of" in bound}
    return found | ({piece["question"]} if "question" in piece else set())


def dependants(content: Content, place: Place) -> list[Place]:
    """Return the places outside of this one that speak of a question in it."""
    gone = {each.name for each in _below(place) if each.kind in {Kind.QUESTION, Kind.DETAILS}}
    removed = {each.where for each in _below(place)}
    return [each for each in walk(content) if each.where not in removed and gone & spoken_of(each.piece)]
