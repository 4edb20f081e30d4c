"""What the machine-readable zone of the passport says, beside what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from consular.documents.models import Document
from consular.lib import countries
from consular.lib.mrz import names_agree
from consular.questionnaires import values
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import Question
from consular.questionnaires.status import Source
from visas.applications.checklist import Checklist, Item
from visas.applications.models import Sex
from visas.policy.status import Kind


def _sex(read: str) -> str:
    return read if read in Sex.values else ""


# Question → the field of the reading, and how its text becomes an answer
READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "name.surname": ("surname", str),
    "name.given": ("given_names", str),
    "birth.on": ("birth_on", date.fromisoformat),
    "person.sex": ("sex", _sex),
    "nationality.current": ("nationality", countries.from_mrz),
    "passport.number": ("number", str),
    "passport.issuer": ("issuing_state", countries.from_mrz),
    "passport.expires_on": ("expires_on", date.fromisoformat),
}
NAMES = ("name.surname", "name.given")


@dataclass(frozen=True)
class Pair:
    """An answer and what the passport says to the same question; `answer` is None where there is no right one.

    `cut` says that the zone may have been too short for the whole name.
    """

    question: Question
    entry: Entry
    read: Any
    cut: bool = False

    @property
    def answer(self) -> Any:
        return self.entry.value

    @property
    def agrees(self) -> bool:
        if self.question.id in NAMES:
            return self.answer is not None and names_agree(self.read, self.answer, cut=self.cut)
        return bool(self.answer == self.read)

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody needs to look: both agree, or the person said that the answer is right."""
        return self.agrees or self.entry.source == Source.CONFIRMED

    @property
    def answer_in_words(self) -> str:
        return values.in_words(self.question, self.answer)

    @property
    def read_in_words(self) -> str:
        return values.in_words(self.question, self.read)


class Stage(StrEnum):
    """How far the photograph of the passport is."""

    ABSENT = "absent"
    WAITING = "waiting"
    REFUSED = "refused"  # It cannot be used
    UNREAD = "unread"  # It can be used; an officer will read it
    READ = "read"


def item_of(checklist: Checklist) -> Item | None:
    """Return the document that is the passport page, None where none is asked for."""
    return next((item for item in checklist.items if item.wanted.kind == Kind.PASSPORT), None)


def stage(item: Item) -> Stage:
    """Return the stage of the last page that was handed in."""
    if not item.documents:
        return Stage.ABSENT
    last = item.documents[-1]
    if last.is_in_quarantine:
        return Stage.WAITING
    if last.is_refused:
        return Stage.REFUSED
    return Stage.READ if last.fields else Stage.UNREAD


def reading_among(documents: Iterable[Document]) -> Mapping[str, Any]:
    """Return the fields read from the last clean passport page that was not left out; {} when nothing was read."""
    pages = [
        each
        for each in documents
        if each.kind == Document.Kind.PASSPORT and each.is_clean and not each.is_left_out
    ]
    fields: Mapping[str, Any] = pages[-1].fields if pages else {}
    return fields


def pairs(filling: Filling, reading: Mapping[str, Any]) -> list[Pair]:
    """Return every answer that the passport speaks of, beside what it says; only questions that are asked."""
    found = []
    for name, (field, understand) in READ.items():
        question = filling.document.questions[name]
        read = understand(reading[field]) if reading.get(field) else None
        if read and filling.is_asked(question):
            found.append(
                Pair(question, filling.entries.get(name, Entry()), read, cut=names_may_be_cut(reading))
            )
    return found


def names_may_be_cut(reading: Mapping[str, Any]) -> bool:
    """Tell whether the names fill their field to its end: it ends the first line of two, or is the last of three."""
    lines = reading.get("lines") or [""]
    with_names = lines[0] if len(lines) == len(("names", "numbers")) else lines[-1]
    return not with_names.endswith("<")


def unsettled(filling: Filling, reading: Mapping[str, Any]) -> list[Pair]:
    """Return the pairs to show: those that differ, and those without an answer yet."""
    return [pair for pair in pairs(filling, reading) if not pair.is_settled]
