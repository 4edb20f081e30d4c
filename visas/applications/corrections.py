"""What an applicant may still change after submitting, and what they have changed. Pure questions.

The table CHANGES is the law of it; docs/architecture.md prints it, and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.status import CLOSED, Status
from consular.questionnaires import values
from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import Page, Question


class Part(models.TextChoices):
    """A part of the answers that may be changed at some steps."""

    CONTACT = "contact", _("contact details")
    IDENTITY = "identity", _("name, date of birth, nationality, passport number")
    OTHER = "other", _("all other answers")


NOTHING: frozenset[Part] = frozenset()
CHANGES: Mapping[Status, frozenset[Part]] = {
    Status.SUBMITTED: frozenset(Part),
    Status.IN_REVIEW: frozenset({Part.CONTACT, Part.OTHER}),
    Status.AWAITING_APPLICANT: frozenset({Part.CONTACT, Part.OTHER}),
    Status.AWAITING_DECISION: frozenset({Part.CONTACT}),
    **dict.fromkeys(CLOSED, NOTHING),
}

CONTACT = ("contact.address", "contact.email", "contact.phone")
IDENTITY = (
    "name.surname",
    "name.given",
    "name.native",
    "birth.on",
    "nationality.current",
    "passport.number",
)


def part_of(question: str) -> Part:
    """Return the part that a question belongs to, by its id."""
    if question in CONTACT:
        return Part.CONTACT
    return Part.IDENTITY if question in IDENTITY else Part.OTHER


def may_change(status: str) -> frozenset[Part]:
    """Return what may be changed while a case is in this state."""
    return CHANGES[Status(status)]


@dataclass(frozen=True)
class Change:
    """One answer before and after; None where the question was not asked or was left empty."""

    question: Question
    was: Any
    now: Any

    @property
    def part(self) -> Part:
        return part_of(self.question.id)

    @property
    def label(self) -> str:
        return str(self.question.label)

    @property
    def was_in_words(self) -> str:
        return values.in_words(self.question, self.was)

    @property
    def now_in_words(self) -> str:
        return values.in_words(self.question, self.now)

    @property
    def direction(self) -> str:
        return values.direction(self.question)


def changes(before: Filling, after: Filling) -> list[Change]:
    """Return every answer that counts and is different, in the order of the questions; declarations are made anew."""
    was, now = before.submitted(), after.submitted()
    declared = {question.id for question in after.document.closing.questions}
    return [
        Change(question, was.get(name), now.get(name))
        for name, question in after.document.questions.items()
        if name not in declared and was.get(name) != now.get(name)
    ]


@dataclass(frozen=True)
class Outcome:
    """What a correction would do; `before` and `after` are both judged today.

    An answer that was right when it was submitted does not stand in the way because time has passed since.
    """

    before: Filling
    after: Filling

    @cached_property
    def changes(self) -> list[Change]:
        return changes(self.before, self.after)

    @cached_property
    def obstacles(self) -> list[Page]:
        """The pages with a question that the correction leaves, or makes, missing or wrong."""
        return [
            page
            for page in self.after.pages()
            if any(map(self._stands_in_the_way, self.after.asked_on(page)))
        ]

    def _stands_in_the_way(self, question: Question) -> bool:
        if not self.after.is_open(question):
            return False
        known = self.before.entries.get(question.id) == self.after.entries.get(question.id)
        return not (known and self.before.is_asked(question) and self.before.is_open(question))

    @property
    def is_empty(self) -> bool:
        return not self.changes

    def refused(self, status: str) -> list[Change]:
        """Return the changes that may not be made in this state of the case."""
        allowed = may_change(status)
        return [change for change in self.changes if change.part not in allowed]

    @property
    def of_identity(self) -> list[Change]:
        return [change for change in self.changes if change.part == Part.IDENTITY]


def pages_to_change(filling: Filling, status: str) -> list[Page]:
    """Return the pages with a question that is asked and may be changed in this state."""
    allowed = may_change(status)
    return [
        page
        for page in filling.pages()
        if any(part_of(question.id) in allowed for question in filling.asked_on(page))
    ]
