"""Answering as somebody else of the party does: which answers, and from which of theirs. Pure questions.

A `shared` section takes each answer from the same question of the other traveller; who signs for a minor is filled in
from what an adult says of themselves. What the other is not asked, or what is not offered here, is not taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from consular.questionnaires import values
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.moving import is_shape_of, refit
from consular.questionnaires.rows import is_blank
from consular.questionnaires.schema import Document, Question, Section
from consular.questionnaires.status import Source

OF_AGE = 18  # As the questionnaire's own conditions have it
GUARDIAN = "guardian"  # The section that an adult of the party fills for a minor
FROM_ADULT = {
    "guardian.surname": "name.surname",
    "guardian.given": "name.given",
    "guardian.nationality": "nationality.current",
    "guardian.phone": "contact.phone",
    "guardian.email": "contact.email",
    "guardian.address": "contact.address",
}


def sources(document: Document, section: str) -> Mapping[str, str]:
    """Return question → the other traveller's question that answers it; empty where everybody answers alone."""
    found = next((each for each in document.sections if each.id == section), None)
    if found is None:
        return {}
    names = [question.id for question in found.questions]
    if section == GUARDIAN:
        return {name: FROM_ADULT[name] for name in names if name in FROM_ADULT}
    return {name: name for name in names} if found.shared else {}


def shared_sections(filling: Filling) -> list[Section]:
    """Return the sections that may be answered as somebody else answers them, as far as they are asked."""
    return [each for each in filling.sections() if each.shared]


def has_answered(other: Filling, section: str) -> bool:
    """Tell whether a traveller has given anything that others could take for this section."""
    wanted = sources(other.document, section).values()
    return any(not other.entries[name].is_empty for name in wanted if name in other.entries)


def is_of_age(filling: Filling) -> bool:
    return bool(filling.context.get("age", 0) >= OF_AGE)


def is_own(entry: Entry) -> bool:
    """Tell whether somebody gave this for the traveller, rather than for another one."""
    return entry.source != Source.MEMBER and (entry.value is not None or not is_blank(entry.typed))


def says(entry: Entry | None) -> tuple[object, object]:
    """Return what an entry says, wherever it comes from; nothing is as good as left empty."""
    return (entry.value, entry.typed) if entry else (None, None)


def taken(mine: Filling, other: Filling, sections: Iterable[str]) -> dict[str, Entry]:
    """Return what is different in these sections once they are answered as the other answers them."""
    found = {
        name: fitted(mine.document.questions[name], question, other)
        for section in sections
        for name, source in sources(mine.document, section).items()
        if (question := _given(other, source))
    }
    after = mine.with_entries(found)
    return {
        name: entry
        for name, entry in found.items()
        if _is_offered(after, name, entry) and _is_news(mine, name, entry)
    }


def _given(other: Filling, name: str) -> Question | None:
    """Return the other's question if they have given something to it, and it is asked of them.

    Left empty is an answer where it may be; a page that was saved without a required one says nothing.
    """
    question, entry = other.document.questions.get(name), other.entries.get(name)
    if question is None or entry is None or other.is_asked(question) is False:
        return None
    return None if entry.is_wrong and is_blank(entry.typed) else question


def fitted(question: Question, source: Question, other: Filling) -> Entry:
    """Return the other's answer as `question` takes it; it may be worded otherwise, or be another question."""
    entry = other.entries[source.id]
    unseen = source.id in other.again or (question.id == source.id and question != source)
    if question != source:
        entry = fit(question, entry)
    return replace(entry, source=Source.MEMBER, change=None, unseen=unseen)


def fit(question: Question, entry: Entry) -> Entry:
    """Return an entry as a question takes it that may be worded otherwise than the one that it was given to."""
    if entry.value is not None:
        value, typed = refit(question, values.to_json(entry.value))
        return replace(entry, value=values.from_json(question, value), typed=typed)
    return entry if is_shape_of(question, entry.typed) else replace(entry, typed="")


def _is_offered(filling: Filling, name: str, entry: Entry) -> bool:
    return entry.value is None or filling.is_offered(filling.document.questions[name], entry.value)


def _is_news(mine: Filling, name: str, entry: Entry) -> bool:
    known = mine.entries.get(name)
    is_taken = known is not None and known.source == Source.MEMBER and says(known) == says(entry)
    return not is_taken or (name in mine.again and not entry.unseen)


def answered_apart(
    document: Document, section: str, before: Mapping[str, Entry], given: Mapping[str, Entry]
) -> bool:
    """Tell whether somebody gives another answer where the traveller answered as another does."""
    names = [name for name in sources(document, section) if name in given and name in before]
    return any(
        before[name].source == Source.MEMBER and says(before[name]) != says(given[name]) for name in names
    )
