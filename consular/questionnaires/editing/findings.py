"""What keeps a draft from being published, in words, with where to mend it. Pure, but for what others add.

An app that asks for something because of answers, such as documents, adds what it finds: it appends to `OTHERS` a
function (code of the questionnaire, its JSON) → sentences.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language_info, gettext

from consular.questionnaires.conditions import ConditionError
from consular.questionnaires.editing.pieces import (
    STILL_RIGHT,
    TEXTS,
    Content,
    Place,
    digest,
    ids,
    in_short,
    walk,
)
from consular.questionnaires.editing.reach import can_hold, conditions_of
from consular.questionnaires.editing.status import Kind
from consular.questionnaires.linter import REQUIRED_LANGUAGES, problems

OTHERS: list[Callable[[str, Content], Iterable[str]]] = []
SOURCE = "en"


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `where` is a piece's address, '' where none is to blame; `language` that of the words."""

    words: str
    where: str = ""
    language: str = ""


def findings(code: str, content: Content, published: Content | None) -> list[Finding]:
    """Return everything that is to be mended before a draft is published; `published` is what it follows on."""
    return [
        *_linter(content),
        *_untranslated(content),
        *_stale(content, published or {}),
        *_unreachable(content),
        *(Finding(words) for others in OTHERS for words in others(code, content)),
    ]


def _linter(content: Content) -> Iterator[Finding]:
    """Yield what the linter says, which writes English, with the place that it names first."""
    places = {place.name: place.where for place in walk(content) if place.name and place.kind != Kind.CHOICE}
    questions = set(ids(content))
    for words in problems(content):
        spoken_of = [name.rstrip(".") for name in re.findall(r"[\w.\-]+", words)]
        named = [name for name in spoken_of if name in questions] or spoken_of[1:]
        where = next((places[name] for name in named if name in places), "")
        yield Finding(words, where, SOURCE)


def languages_of(content: Content) -> list[str]:
    """Return the languages that a questionnaire is in: those of its title."""
    return [language for language, words in content.get("title", {}).items() if words]


def _untranslated(content: Content) -> Iterator[Finding]:
    """Yield texts without a translation into a language that the questionnaire is in and the linter does not demand."""
    demanded = [code for code in languages_of(content) if code not in REQUIRED_LANGUAGES]
    for place in walk(content):
        for name in TEXTS[place.kind]:
            text = place.piece.get(name) or {}
            missing = [code for code in demanded if text and not text.get(code)]
            if missing:
                yield Finding(
                    gettext("“%(text)s” is not translated into: %(languages)s")
                    % {"text": in_short(text), "languages": _named(missing)},
                    place.where,
                )


def _named(codes: list[str]) -> str:
    return ", ".join(str(get_language_info(code)["name_translated"]) for code in codes)


# Stale translations


def _stale(content: Content, published: Content) -> Iterator[Finding]:
    before = {_identity(place): place.piece for place in walk(published)} if published else {}
    for place in walk(content):
        old = before.get(_identity(place))
        if old is None or content.get(STILL_RIGHT, {}).get(place.where) == english(place):
            continue
        for name in TEXTS[place.kind]:
            stale = _stale_languages(old.get(name) or {}, place.piece.get(name) or {})
            if stale:
                yield Finding(
                    gettext(
                        "The English of “%(text)s” has changed, but not its translation into: %(languages)s."
                        " Translate it again, or say that the translations still say the same."
                    )
                    % {"text": in_short(place.piece[name]), "languages": _named(stale)},
                    place.where,
                )


def english(place: Place) -> str:
    """Return what stands for the English texts of a place, to tell whether they have changed since."""
    return digest([(place.piece.get(name) or {}).get(SOURCE, "") for name in TEXTS[place.kind]])


def _stale_languages(was: Content, now: Content) -> list[str]:
    if was.get(SOURCE) == now.get(SOURCE) or not now.get(SOURCE):
        return []
    return [code for code, words in now.items() if code != SOURCE and words and was.get(code) == words]


def _identity(place: Place) -> tuple[str, ...]:
    """Return what a piece is in every revision, wherever it stands; groups and checks have nothing but their order."""
    if place.kind in {Kind.GROUP, Kind.CHECK}:
        above = place.of.name if place.of else ""
        return (place.kind, above, str(place.key))
    if place.kind in {Kind.COLUMN, Kind.CHOICE}:
        return (place.kind, *(_identity(place.of) if place.of else ()), place.name)
    return (Kind.QUESTION if place.kind == Kind.DETAILS else place.kind, place.name)


# What nobody is ever asked


def _unreachable(content: Content) -> Iterator[Finding]:
    questions = ids(content)
    for place in walk(content):
        if not place.piece.get("when") or place.kind == Kind.CHECK:
            continue
        try:
            reached = can_hold(conditions_of(place), questions)
        except (ConditionError, RecursionError, TypeError):
            continue  # The linter says what is wrong with it
        if not reached:
            yield Finding(
                gettext("%(kind)s “%(name)s” is never asked: no answers fulfil its condition.")
                % {"kind": place.kind.label, "name": place.name},
                place.where,
            )
