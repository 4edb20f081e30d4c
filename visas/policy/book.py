"""The whole policy in memory: every dated row, read in one go, so that questions about it cost nothing.

`current()` is the book of this process. It asks the database for the policy's version only (one query)
and reads everything again (eleven queries) when that has changed. The rows in a book are shared
between threads and must not be changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    GroupMember,
    InForce,
    PassportValidity,
    Purpose,
    RequiredDocument,
    Rule,
    RuleGroup,
    StayOption,
    TravelDocument,
    Version,
)

Dated = TypeVar("Dated", bound=InForce)
Coded = TypeVar("Coded", Category, Purpose, TravelDocument)


class NotInForce(LookupError):  # noqa: N818  Reads as the sentence it is
    """The law has no answer for that day: it is before the first day that the data covers."""


@dataclass(frozen=True)
class PolicyBook:
    """Everything the law says, at all times. `version` is None when nothing was ever written."""

    version: int | None
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    travel_documents: tuple[TravelDocument, ...]
    groups: tuple[RuleGroup, ...]
    members: tuple[GroupMember, ...]
    rules: tuple[Rule, ...]
    fees: tuple[Fee, ...]
    exemptions: tuple[FeeExemption, ...]
    documents: tuple[RequiredDocument, ...]
    passport_validity: tuple[PassportValidity, ...]
    stay_options: tuple[StayOption, ...]

    def category(self, code: str) -> Category:
        """Return the category with `code`; `KeyError` when there is none."""
        return _by_code(self.categories, code)

    def purpose(self, code: str) -> Purpose:
        """Return the purpose with `code`; `KeyError` when there is none."""
        return _by_code(self.purposes, code)

    def travel_document(self, code: str) -> TravelDocument:
        """Return the kind of travel document with `code`; `KeyError` when there is none."""
        return _by_code(self.travel_documents, code)

    def group_of(self, nationality: str, on: date) -> RuleGroup:
        """Return the group of a nationality (three letters) on a day, the default one when none lists it."""
        for member in in_force(self.members, on):
            if member.nationality == nationality:
                return member.group
        return next(group for group in self.groups if group.is_default)

    def starts_on(self) -> date:
        """Return the first day on which rules are in force; `NotInForce` when there are no rules."""
        if not self.rules:
            raise NotInForce
        return min(rule.valid_from for rule in self.rules)


def in_force(rows: Iterable[Dated], on: date) -> list[Dated]:
    """Return the rows that hold on `on`, in their order."""
    return [row for row in rows if row.holds_on(on)]


def _by_code(rows: Iterable[Coded], code: str) -> Coded:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)


def read() -> PolicyBook:
    """Read the whole policy from the database."""
    return PolicyBook(
        version=version(),
        categories=tuple(Category.objects.all()),
        purposes=tuple(Purpose.objects.select_related("category")),
        travel_documents=tuple(TravelDocument.objects.select_related("counts_as")),
        groups=tuple(RuleGroup.objects.all()),
        members=tuple(GroupMember.objects.select_related("group", "source")),
        rules=tuple(
            Rule.objects.select_related("group", "purpose__category", "document", "category", "source")
        ),
        fees=tuple(Fee.objects.select_related("category", "source")),
        exemptions=tuple(FeeExemption.objects.select_related("document", "source")),
        documents=tuple(RequiredDocument.objects.select_related("category", "source")),
        passport_validity=tuple(PassportValidity.objects.select_related("source")),
        stay_options=tuple(StayOption.objects.select_related("category")),
    )


def version() -> int | None:
    """Return the number that changes whenever any row of the policy does."""
    return Version.objects.values_list("number", flat=True).first()


_shelf: list[PolicyBook] = []


def current() -> PolicyBook:
    """Return the policy as it is in the database now; one query when this process has read it already."""
    number = version()
    for book in _shelf:
        if number is not None and book.version == number:
            return book
    book = read()
    _shelf[:] = [book]
    return book
