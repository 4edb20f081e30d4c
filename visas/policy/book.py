"""The whole policy in memory: every dated row, read in one go, so that questions about it cost nothing.

`current()` is the book of this process. It asks the database for the policy's version only (one query)
and reads everything again (one query more) when that has changed. The rows in a book are shared
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
    Fingerprints,
    GroupMember,
    InForce,
    KeepingTime,
    PassportValidity,
    Purpose,
    RefundRule,
    RequiredDocument,
    Rule,
    RuleGroup,
    ServiceFee,
    Source,
    StayOption,
    Surcharge,
    TravelDocument,
    Version,
)
from visas.policy.reading import read_all

Dated = TypeVar("Dated", bound=InForce)
Coded = TypeVar("Coded", Category, Purpose, TravelDocument)


class NotInForce(LookupError):  # noqa: N818  Reads as the sentence it is
    """The law has no answer for that day: it is before the first day that the data covers."""


@dataclass(frozen=True)
class PolicyBook:
    """Everything the law says, at all times. `version` is None when nothing was ever written."""

    version: int | None
    sources: tuple[Source, ...]
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
    surcharges: tuple[Surcharge, ...]
    service_fees: tuple[ServiceFee, ...]
    refunds: tuple[RefundRule, ...]
    fingerprints: tuple[Fingerprints, ...]
    keeping_times: tuple[KeepingTime, ...]

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
    number, rows = read_all()
    return PolicyBook(
        version=number,
        sources=tuple(rows[Source]),
        categories=tuple(rows[Category]),
        purposes=tuple(rows[Purpose]),
        travel_documents=tuple(rows[TravelDocument]),
        groups=tuple(rows[RuleGroup]),
        members=tuple(rows[GroupMember]),
        rules=tuple(rows[Rule]),
        fees=tuple(rows[Fee]),
        exemptions=tuple(rows[FeeExemption]),
        documents=tuple(rows[RequiredDocument]),
        passport_validity=tuple(rows[PassportValidity]),
        stay_options=tuple(rows[StayOption]),
        surcharges=tuple(rows[Surcharge]),
        service_fees=tuple(rows[ServiceFee]),
        refunds=tuple(rows[RefundRule]),
        fingerprints=tuple(rows[Fingerprints]),
        keeping_times=tuple(rows[KeepingTime]),
    )


def version() -> int | None:
    """Return the number that changes whenever any row of the policy does."""
    return Version.objects.values_list("number", flat=True).first()


_shelf: list[PolicyBook] = []


def current() -> PolicyBook:
    """Return the policy as it is in the database now: one query, and one more when it has changed."""
    number = version() if _shelf else None
    for book in _shelf:
        if number is not None and book.version == number:
            return book
    book = read()
    _shelf[:] = [book]
    return book
