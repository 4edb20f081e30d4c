"""A questionnaire while it is filled in: what is asked, what is known, what is still wrong or missing. Pure.

    filling = Filling(document, entries, derive)
    filling.is_asked(question)      True, False, or None while earlier answers do not settle it
    filling.facts                   what conditions and checks may use
    filling.progress(page)          how far a page is done
    filling.open_pages()            what stands in the way of submitting, in order

`again` notes the questions that changed since they were answered (`consular.questionnaires.moving`).
`derive` gives the context: values that conditions and checks use beside the answers (the category, the
traveller's age). It gets every answer that is right, also those that are not asked now.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from consular.questionnaires import values
from consular.questionnaires.conditions import Truth, both, holds, some
from consular.questionnaires.schema import Check, Choice, Document, Page, Question, Section
from consular.questionnaires.status import Progress, Source

if TYPE_CHECKING:
    from consular.questionnaires.notes import Note
    from consular.questionnaires.rows import Change

Derive = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Entry:
    """What was given to one question: a right answer in `value`, or in `typed` what was typed instead.

    Both are None where the question may be left empty and was.
    """

    value: Any = None
    typed: Any = None
    source: str = Source.TYPED
    change: "Change | None" = field(default=None, compare=False, repr=False)  # What a page did to rows
    unseen: bool = field(default=False, compare=False, repr=False)  # Given to the question as it was before

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.typed is None

    @property
    def is_wrong(self) -> bool:
        return self.typed is not None


Entries = Mapping[str, Entry]


def no_context(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


class Filling:
    """See the module. A Filling never changes; `with_entries` gives the next one."""

    def __init__(
        self,
        document: Document,
        entries: Entries,
        derive: Derive = no_context,
        again: Mapping[str, "Note"] = MappingProxyType({}),
    ) -> None:
        self.document, self.entries, self.derive, self.again = document, entries, derive, again
        right = {name: each.value for name, each in entries.items() if values.is_answer(each.value)}
        self.context = {name: value for name, value in derive(right).items() if value is not None}
        self.facts: dict[str, Any] = dict(self.context)
        self._asked: dict[str, Truth] = {}
        self._sections: dict[str, Truth] = {}
        self._walk()

    def _walk(self) -> None:
        for section in self.document.sections:
            asked = self._sections[section.id] = holds(section.when, self.facts)
            for page in section.pages:
                self._visit(page, section_is_asked=asked)
        self._visit(self.document.closing, section_is_asked=True)

    def _visit(self, page: Page, *, section_is_asked: Truth) -> None:
        asked = both(section_is_asked, holds(page.when, self.facts))
        for question in page.questions:
            self._asked[question.id] = both(asked, holds(question.when, self.facts))
        for question in page.questions:
            if question.under:  # It follows on what stands above it on the same page, which is known by now
                self._asked[question.id] = both(self._asked[question.under], self._is_yes(question.under))
            self._learn(question)

    def _learn(self, question: Question) -> None:
        """Take the answer into the facts; None where it is known that there is none."""
        entry, asked = self.entries.get(question.id), self._asked[question.id]
        if asked is False or (asked and entry and entry.is_empty):
            self.facts[question.id] = None
        elif asked and entry and not entry.is_wrong:
            self.facts[question.id] = entry.value

    def _is_yes(self, name: str) -> Truth:
        return self.facts[name] is True if name in self.facts else None

    def with_entries(self, entries: Entries) -> "Filling":
        """Return the filling after these entries were added or replaced."""
        seen = {name for name, entry in entries.items() if not entry.unseen}
        again = {name: note for name, note in self.again.items() if name not in seen}
        return Filling(self.document, {**self.entries, **entries}, self.derive, again)

    # What is asked

    def is_asked(self, part: Question | Page) -> Truth:
        """Tell whether a question, or any question of a page, is asked; None while that is not settled."""
        if isinstance(part, Question):
            return self._asked[part.id]
        return some(self._asked[question.id] for question in part.questions)

    def asked_on(self, page: Page) -> list[Question]:
        return [question for question in page.questions if self.is_asked(question)]

    def asked_pages(self, section: Section) -> list[Page]:
        return [page for page in section.pages if self.is_asked(page)]

    def sections(self) -> list[Section]:
        """Return the sections to show: all but those that are certainly not asked."""
        return [each for each in self.document.sections if self._is_shown(each)]

    def _is_shown(self, section: Section) -> bool:
        return self._sections[section.id] is not False and any(
            self.is_asked(page) is not False for page in section.pages
        )

    def pages(self) -> list[Page]:
        """Return the pages that are asked, in order, without the closing one."""
        return [page for section in self.document.sections for page in self.asked_pages(section)]

    def asked_ids(self) -> set[str]:
        """Return the ids of the questions that are asked, the closing page's too."""
        return {name for name, asked in self._asked.items() if asked}

    def submitted(self) -> dict[str, Any]:
        """Return the answers that count: right, and to questions that are asked."""
        return {
            name: value for name, value in self.facts.items() if name in self._asked and value is not None
        }

    # What is wrong or missing

    @cached_property
    def broken(self) -> Mapping[str, tuple[Check, Any]]:
        """The first check that each asked answer breaks, with its limit."""
        found: dict[str, tuple[Check, Any]] = {}
        for check in self.document.checks:
            limit = check.broken_at(self.facts) if holds(check.when, self.facts) else None
            if limit is not None:
                found.setdefault(check.question, (check, limit))
        return found

    def complaint(self, question: Question) -> str:
        """Return what the check says that the question's answer breaks, in the active language."""
        check, limit = self.broken[question.id]
        return str(check.message).replace("{limit}", values.bound_in_words(limit))

    def offered(self, question: Question) -> list[Choice]:
        """Return the choices that are offered, given what is known."""
        return [choice for choice in question.choices if holds(choice.when, self.facts)]

    def is_offered(self, question: Question, value: Any) -> bool:
        """Tell whether every choice in an answer is offered; True for questions without choices."""
        chosen = value if isinstance(value, list) else [value]
        return not question.choices or set(chosen) <= {choice.value for choice in self.offered(question)}

    def is_open(self, question: Question) -> bool:
        """Tell whether an asked question still needs its person: missing, wrong, against a check, not offered, changed."""
        if question.id in self.again:
            return True
        entry = self.entries.get(question.id, Entry())
        if not values.is_answer(entry.value):
            return entry.is_wrong or question.required
        return question.id in self.broken or not self.is_offered(question, entry.value)

    def open_on(self, page: Page) -> list[Question]:
        return [question for question in self.asked_on(page) if self.is_open(question)]

    def open_pages(self) -> list[Page]:
        """Return the pages that stand in the way of submitting, in order, without the closing one."""
        return [page for page in self.pages() if self.progress(page) != Progress.COMPLETED]

    # How far it is

    def progress(self, part: Page | Section) -> Progress:
        """Tell how far a page or section is done."""
        if isinstance(part, Section):
            return _together([self.progress(page) for page in self.asked_pages(part)])
        if not self.is_asked(part):
            return Progress.CANNOT_START
        asked = self.asked_on(part)
        if not any(question.id in self.entries for question in asked):
            return Progress.NOT_STARTED
        return Progress.IN_PROGRESS if self.open_on(part) else Progress.COMPLETED

    def is_complete(self) -> bool:
        """Tell whether every section is done; the closing page does not count."""
        return all(self.progress(section) == Progress.COMPLETED for section in self.sections())


def _together(states: Iterable[Progress]) -> Progress:
    """Return the progress of a section from that of its pages."""
    found = set(states)
    if not found:
        return Progress.CANNOT_START
    return found.pop() if len(found) == 1 else Progress.IN_PROGRESS
