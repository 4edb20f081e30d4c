"""What a change of the law changes, and for whom: two books asked the same questions. Pure.

An answer changes only on days on which a row begins or has ended, and only at lengths of stay that a row
names; between them it is enough to ask once. Nationalities that neither book names are all alike. So a few
thousand questions stand for every nationality, document, purpose, length and day there is, in the past too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from visas.legislation.status import Expected
from visas.policy import rules
from visas.policy.book import PolicyBook, in_force
from visas.policy.models import Category, InForce, Rule
from visas.policy.rules import Question

OTHERS = ""  # Stands for every nationality that no book names
A_DAY = timedelta(days=1)
T = TypeVar("T")


class Sight(NamedTuple):
    """What a traveller is told, as far as it can differ. `category` is named where it is not the purpose's usual one."""

    outcome: Expected
    category: str
    interview: str
    may_take_longer: bool
    period_days: int | None


class Piece(NamedTuple):
    """From `start` to `end` (None: for good) something was `before` and is `after`."""

    start: date
    end: date | None
    before: Any
    after: Any


class Stay(NamedTuple):
    """Stays of `first` to `last` days (None: however long)."""

    first: int
    last: int | None


@dataclass(frozen=True)
class NeedEffect:
    """These travellers are told something else. `nationalities` may hold OTHERS."""

    nationalities: tuple[str, ...]
    documents: tuple[str, ...]
    purposes: tuple[str, ...]
    stay: Stay
    piece: Piece


@dataclass(frozen=True)
class FeeEffect:
    """These people pay another sum; `payers` are codes of exemptions, or '' for those without one."""

    categories: tuple[str, ...]
    payers: tuple[str, ...]
    piece: Piece


@dataclass(frozen=True)
class PaperEffect:
    """Applicants for a category hand in other documents: `piece` holds tuples of codes."""

    category: str
    piece: Piece

    @property
    def added(self) -> list[str]:
        return [code for code in self.piece.after if code not in self.piece.before]

    @property
    def dropped(self) -> list[str]:
        return [code for code in self.piece.before if code not in self.piece.after]


@dataclass(frozen=True)
class Comparison:
    needs: list[NeedEffect]
    fees: list[FeeEffect]
    papers: list[PaperEffect]
    others: int  # How many nationalities OTHERS stands for

    @property
    def is_empty(self) -> bool:
        return not (self.needs or self.fees or self.papers)


def compare(old: PolicyBook, new: PolicyBook, nationalities: Iterable[str]) -> Comparison:
    """Tell what `new` changes; `nationalities` are all codes there are."""
    named = {member.nationality for book in (old, new) for member in book.members}
    others = set(nationalities) - named
    classes = sorted(named) + ([OTHERS] if others else [])
    return Comparison(
        needs=list(_needs(old, new, classes)),
        fees=list(_fees(old, new)),
        papers=list(_papers(old, new)),
        others=len(others),
    )


def pieces(days: list[date], before: Callable[[date], T], after: Callable[[date], T]) -> Iterator[Piece]:
    """Yield the times in which `after` says otherwise; neighbours that are alike become one."""
    found: list[Piece] = []
    for day, following in pairwise([*days, None]):
        if day is None or (was := before(day)) == (becomes := after(day)):
            continue
        end = following - A_DAY if following else None
        if found and found[-1][1:] == (day - A_DAY, was, becomes):
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Piece(day, end, was, becomes))
    yield from found


def turning_days(*tables: Iterable[InForce]) -> list[date]:
    """Return the days on which a row begins, or the first on which one no longer holds."""
    rows = [row for table in tables for row in table]
    return sorted({row.valid_from for row in rows} | {row.valid_to + A_DAY for row in rows if row.valid_to})


# Who needs what


def _needs(old: PolicyBook, new: PolicyBook, classes: list[str]) -> Iterator[NeedEffect]:
    days = turning_days(old.rules, new.rules, old.members, new.members)
    usual = {purpose.code: purpose.category.code for purpose in old.purposes}
    was, becomes = _Sights(old, new, usual), _Sights(new, old, usual)
    travellers = [
        (nationality, document.code, purpose.code)
        for nationality in classes
        for document in new.travel_documents
        for purpose in new.purposes
    ]
    found: dict[tuple[Stay, Piece], set[tuple[str, str, str]]] = defaultdict(set)
    for traveller in travellers:
        for stay, piece in _changes_for(traveller, days, was, becomes):
            found[stay, piece].add(traveller)
    for (stay, piece), those in sorted(found.items(), key=lambda each: (each[0][1].start, each[0][0].first)):
        for nationalities, documents, purposes in _factors(those):
            yield NeedEffect(nationalities, documents, purposes, stay, piece)


def _changes_for(
    traveller: tuple[str, str, str], days: list[date], was: "_Sights", becomes: "_Sights"
) -> Iterator[tuple[Stay, Piece]]:
    """Yield the changes for one traveller; lengths of stay with alike changes become one."""
    found: list[tuple[Stay, list[Piece]]] = []
    for first, following in pairwise([*was.lengths, None]):
        last = following - 1 if following else None
        alike = list(pieces(days, was.of(traveller, first or 1), becomes.of(traveller, first or 1)))
        if found and found[-1][1] == alike:
            found[-1] = (found[-1][0]._replace(last=last), alike)
        else:
            found.append((Stay(first or 1, last), alike))
    for stay, alike in found:
        for piece in alike:
            yield stay, piece


class _Sights:
    """What one book tells travellers, remembered by their group: many travellers are in one."""

    def __init__(self, book: PolicyBook, other: PolicyBook, usual: dict[str, str]) -> None:
        self.book = book
        self.usual = usual
        self.lengths = sorted({1} | {limit + 1 for each in (book, other) for limit in _limits(each)})
        self.told: dict[Any, dict[int, Sight | None]] = {}
        self.of_groups: dict[Any, dict[int, Sight | None]] = {}

    def of(self, traveller: tuple[str, str, str], days: int) -> Callable[[date], Sight | None]:
        return lambda on: self.at_all_lengths(traveller, on)[days]

    def at_all_lengths(self, traveller: tuple[str, str, str], on: date) -> dict[int, Sight | None]:
        if (traveller, on) not in self.told:
            self.told[traveller, on] = self._of_group(traveller, on)
        return self.told[traveller, on]

    def _of_group(self, traveller: tuple[str, str, str], on: date) -> dict[int, Sight | None]:
        nationality, document, purpose = traveller
        group, found = rules.rules_for(self.book, Question(nationality, document, purpose, 1, on))
        key = (group.code, document, purpose, on)
        if key not in self.of_groups:
            self.of_groups[key] = {days: self._sight(found, purpose, days) for days in self.lengths}
        return self.of_groups[key]

    def _sight(self, found: list[Rule], purpose: str, days: int) -> Sight | None:
        rule = next((each for each in found if each.covers(days)), None)
        if rule is None:
            return None
        category = rules.needed(self.book, rule, purpose)
        longest = rules.longest(rule, category, self.book)
        if longest is not None and days > longest:
            return Sight(Expected.TOO_LONG, "", "", False, None)  # noqa: FBT003 - named by the tuple
        code = category.code if category and category.code != self.usual.get(purpose) else ""
        return Sight(Expected(rule.outcome), code, rule.interview, rule.may_take_longer, rule.period_days)


def _limits(book: PolicyBook) -> set[int]:
    named = {rule.max_days for rule in book.rules if rule.max_days}
    return named | {option.days for option in book.stay_options}


def _factors(those: set[tuple[str, str, str]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield blocks of nationalities × documents × purposes that make up the travellers."""
    purposes_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for nationality, document, purpose in those:
        purposes_of[nationality, document].add(purpose)
    nationalities_of: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for (nationality, document), purposes in purposes_of.items():
        nationalities_of[document, frozenset(purposes)].add(nationality)
    documents_of: dict[tuple[frozenset[str], frozenset[str]], set[str]] = defaultdict(set)
    for (document, alike), nationalities in nationalities_of.items():
        documents_of[frozenset(nationalities), alike].add(document)
    for (who, alike), documents in documents_of.items():
        yield tuple(sorted(who)), tuple(sorted(documents)), tuple(sorted(alike))


# What it costs, and what to hand in


def _fees(old: PolicyBook, new: PolicyBook) -> Iterator[FeeEffect]:
    days = turning_days(old.fees, new.fees, old.exemptions, new.exemptions)
    found: dict[Piece, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for category in new.categories:
        for payer in ["", *sorted({each.code for book in (old, new) for each in book.exemptions})]:
            for piece in pieces(days, _amount(old, category, payer), _amount(new, category, payer)):
                found[piece][category.code].add(payer)
    for piece, payers_of in sorted(found.items(), key=lambda each: each[0].start):
        alike: dict[frozenset[str], list[str]] = defaultdict(list)
        for code, payers in payers_of.items():
            alike[frozenset(payers)].append(code)
        for alike_payers, codes in alike.items():
            yield FeeEffect(tuple(codes), tuple(sorted(alike_payers)), piece)


def _amount(book: PolicyBook, category: Category, payer: str) -> Callable[[date], tuple[Decimal, str] | None]:
    """Return what gives the sum that somebody pays on a day whom the exemption `payer` is about."""

    def amount(on: date) -> tuple[Decimal, str] | None:
        fee = next((each for each in in_force(book.fees, on) if each.category.code == category.code), None)
        if fee is None:
            return None
        free = any(each.code == payer for each in in_force(book.exemptions, on))
        return Decimal(0) if free else fee.amount, fee.currency

    return amount


def _papers(old: PolicyBook, new: PolicyBook) -> Iterator[PaperEffect]:
    days = turning_days(old.documents, new.documents)
    for category in new.categories:
        for piece in pieces(days, _codes(old, category), _codes(new, category)):
            yield PaperEffect(category.code, piece)


def _codes(book: PolicyBook, category: Category) -> Callable[[date], tuple[str, ...]]:
    return lambda on: tuple(
        each.code for each in in_force(book.documents, on) if each.category.code == category.code
    )
