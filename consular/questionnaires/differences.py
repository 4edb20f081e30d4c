"""What changed between two wordings of a questionnaire, as typed changes, in words for staff and for applicants. Pure.

for change in differences(old, new):
    change.what, change.part, change.id     Kind.REWORDED, Part.QUESTION, "trip.purpose"
    change.for_staff()                      an English sentence in the language of the page
    change.for_applicants()                 what it means to who answered before; '' for what is none of theirs
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from consular.questionnaires.schema import Document, Page, Question, Section

Thing = Section | Page | Question


class Part(models.TextChoices):
    SECTION = "section", _("Section")
    PAGE = "page", _("Page")
    QUESTION = "question", _("Question")
    CHECK = "check", pgettext_lazy("part of a questionnaire", "Check")


class Kind(models.TextChoices):
    """What happened to a part, as the sentence about it goes on."""

    ADDED = "added", _("is new")
    REMOVED = "removed", _("is gone")
    MOVED = "moved", _("stands elsewhere")
    REWORDED = "reworded", _("has other words")
    HINT = "hint", _("has another hint, message or translation")
    TYPE = "type", _("asks for another kind of answer")
    CHOICES = "choices", _("offers other answers")
    LIMITS = "limits", _("has other limits")
    CONDITION = "condition", _("is asked under other conditions")
    REQUIRED = "required", _("must be answered, or need not be any more")
    SHARED = "shared", _("may be answered alike by people who travel together, or may not any more")


# An answer given before such a change was given to another question: it is asked again.
ASKS_AGAIN = frozenset({Kind.ADDED, Kind.REWORDED, Kind.TYPE, Kind.CHOICES})
# After such a change an answer may not fit any more.
MAY_NOT_FIT = frozenset({Kind.TYPE, Kind.CHOICES, Kind.LIMITS})


@dataclass(frozen=True)
class Change:
    """One change to one part; `was` and `now` are the part before and after it, None where there was or is none."""

    what: Kind
    part: Part
    id: str
    was: Any = None
    now: Any = None

    @property
    def asks_again(self) -> bool:
        return self.part == Part.QUESTION and self.what in ASKS_AGAIN

    def for_staff(self) -> str:
        named = {"part": self.part.label, "name": self.name, "id": self.id, "what": self.what.label}
        return gettext("%(part)s “%(name)s” (%(id)s) %(what)s") % named

    def for_applicants(self) -> str:
        """Say what the change means to who answered before; '' for what changes nothing for them."""
        return for_applicants(self.what) if self.part == Part.QUESTION else ""

    @property
    def name(self) -> str:
        """The part's words of today, or its last ones."""
        thing = self.now or self.was
        if self.part == Part.CHECK:
            return str(thing.message)
        return str(thing.label if isinstance(thing, Question) else thing.title)


_FOR_APPLICANTS = {
    Kind.ADDED: _("This question is new."),
    Kind.REMOVED: _("We do not ask this any more."),
    Kind.REWORDED: _("This question has other words. Check that your answer is still right."),
    Kind.TYPE: _("This question asks for another kind of answer."),
    Kind.CHOICES: _("This question offers other answers."),
    Kind.LIMITS: _("This question takes other answers than before."),
}


def for_applicants(what: Kind) -> str:
    """Say what such a change to a question means to who answered it; '' for what changes nothing for them."""
    return str(_FOR_APPLICANTS.get(what, ""))


def differences(old: Document, new: Document) -> list[Change]:
    """Return what changed, in the order of the new wording, what is gone last."""
    return [
        *_compared(Part.SECTION, _sections(old), _sections(new), _of_title),
        *_compared(Part.PAGE, old.pages, new.pages, _of_page),
        *_compared(Part.QUESTION, old.questions, new.questions, _of_question),
        *_moved(Part.SECTION, _places_of_sections(old), _places_of_sections(new), _sections(old), _sections(new)),
        *_moved(Part.PAGE, _places_of_pages(old), _places_of_pages(new), old.pages, new.pages),
        *_moved(Part.QUESTION, _places(old), _places(new), old.questions, new.questions),
        *_checks(old, new),
    ]  # fmt: skip


def _sections(document: Document) -> Mapping[str, Section]:
    return {section.id: section for section in document.sections}


def _compared(part: Part, old: Mapping[str, Any], new: Mapping[str, Any], compare: Any) -> Iterator[Change]:
    for name, now in new.items():
        if name not in old:
            yield Change(Kind.ADDED, part, name, None, now)
        else:
            yield from (Change(what, part, name, old[name], now) for what in compare(old[name], now))
    gone = [name for name in old if name not in new]
    yield from (Change(Kind.REMOVED, part, name, old[name], None) for name in gone)


def _of_title(was: Section | Page, now: Section | Page) -> Iterator[Kind]:
    if was.title != now.title or getattr(was, "chapter", "") != getattr(now, "chapter", ""):
        yield Kind.REWORDED
    if was.when != now.when:
        yield Kind.CONDITION
    if getattr(was, "shared", False) != getattr(now, "shared", False):
        yield Kind.SHARED


def _of_page(was: Page, now: Page) -> Iterator[Kind]:
    yield from _of_title(was, now)
    if was.intro != now.intro or _headings(was) != _headings(now):
        yield Kind.HINT


def _headings(page: Page) -> list[Any]:
    return [group.title for group in page.groups if group.title]


def of_question(was: Question, now: Question) -> set[Kind]:
    """Return what is different between two wordings of a question."""
    return set(_of_question(was, now))


def _of_question(was: Question, now: Question) -> Iterator[Kind]:
    for kind, look in _LOOKS.items():
        if look(was) != look(now) or (kind in _SHARED and _differs(_SHARED[kind], was, now)):
            yield kind


def _english(words: Mapping[str, str]) -> str:
    return words.get("en", "")


def _words(question: Question) -> Any:
    """Return the words that say what is asked; those of other languages translate them and ask nothing else."""
    return _english(question.label), {column.id: _words(column) for column in question.columns}


def _offers(question: Question) -> Any:
    """Return the answers to choose from, also in columns."""
    listed = {choice.value: _english(choice.label) for choice in question.choices}
    return listed, question.currencies, [_offers(column) for column in question.columns]


_LOOKS: dict[Kind, Callable[[Question], Any]] = {
    Kind.REWORDED: _words,
    Kind.HINT: lambda each: (
        each.hint, each.called, each.required_message, each.row_title,
    ),
    Kind.TYPE: lambda each: (each.type, [(column.id, column.type) for column in each.columns]),
    Kind.CHOICES: _offers,
    Kind.LIMITS: lambda each: (each.length, each.at_least, each.at_most),
    Kind.CONDITION: lambda each: (each.when, each.under),
    Kind.REQUIRED: lambda each: (each.required, [column.required for column in each.columns]),
}  # fmt: skip


def _translations(question: Question) -> dict[str, Any]:
    """Return the words in the other languages by those in English."""
    labels = [part.label for part in (question, *question.choices, *question.columns)]  # type: ignore[attr-defined]
    return {
        _english(label): {language: words for language, words in label.items() if language != "en"}
        for label in labels
    }


def _when_offered(question: Question) -> dict[str, Any]:
    return {choice.value: choice.when for choice in question.choices}


# What is compared of those parts alone that both wordings have
_SHARED: dict[Kind, Callable[[Question], dict[str, Any]]] = {
    Kind.HINT: _translations,
    Kind.CONDITION: _when_offered,
}


def _differs(look: Callable[[Question], dict[str, Any]], was: Question, now: Question) -> bool:
    before, after = look(was), look(now)
    return any(before[name] != after[name] for name in before.keys() & after.keys())


# Where things stand


def _places(document: Document) -> dict[str, str]:
    """Return the page of every question."""
    return {name: page.id for name, page in document.page_of.items()}


def _places_of_pages(document: Document) -> dict[str, str]:
    return {name: section.id for name, section in document.section_of.items()}


def _places_of_sections(document: Document) -> dict[str, str]:
    return dict.fromkeys(_sections(document), "")


def _moved(
    part: Part, old: Mapping[str, str], new: Mapping[str, str], was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield what stands under another roof, or behind something that used to follow it."""
    shared = [name for name in new if name in old]
    elsewhere = {name for name in shared if old[name] != new[name]}
    for roof in set(new.values()):
        before = [name for name in old if old[name] == roof and name in new and name not in elsewhere]
        after = [name for name in shared if new[name] == roof and name not in elsewhere]
        elsewhere |= _out_of_order(before, after)
    for name in shared:
        if name in elsewhere:
            yield Change(Kind.MOVED, part, name, was[name], now[name])


def _out_of_order(before: list[str], after: list[str]) -> set[str]:
    """Return the fewest names without which the others follow each other as before."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {name for block in blocks for name in after[block.b : block.b + block.size]}


def _checks(old: Document, new: Document) -> Iterator[Change]:
    for check in new.checks:
        if check not in old.checks:
            yield Change(Kind.ADDED, Part.CHECK, check.question, None, check)
    for check in old.checks:
        if check not in new.checks:
            yield Change(Kind.REMOVED, Part.CHECK, check.question, check, None)
