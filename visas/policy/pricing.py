"""What several people pay together, and what can be added: pure, from the book.

extras(category, on)          → surcharges that an applicant for the category may add on that day
price(Order(…))               → Price: lines of people and of extras, and their sum
refunds(on)                   → the sentences on paying back, those in which it is paid back first
free_below(on)                → the age below which nobody pays, None where there is no such age
fingerprints_from(on)         → the age from which fingerprints are taken, None where nobody gives any
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from visas.policy import rules
from visas.policy.book import PolicyBook, current, in_force
from visas.policy.models import Category, RefundRule, Surcharge
from visas.policy.money import in_words
from visas.policy.rules import FeeQuote

CENT = Decimal("0.01")
GROWN_UP = 120  # years; older than any age that the law sets


@dataclass(frozen=True)
class Order:
    """So many people, of whom `children` are below the age of `free_below`, apply for `category` on a day."""

    category: Category
    on: date
    people: int = 1
    children: int = 0
    document: str | None = None
    family_of_citizen: bool = False
    extras: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PeopleLine:
    """Alike people: `count` of them pay `quote` each."""

    count: int
    quote: FeeQuote

    @property
    def sum(self) -> Decimal:
        return self.count * self.quote.amount


@dataclass(frozen=True)
class ExtraLine:
    """One surcharge, and what it comes to for everybody."""

    surcharge: Surcharge
    sum: Decimal


@dataclass(frozen=True)
class Price:
    """What an order costs. Everything is in `currency`."""

    people: tuple[PeopleLine, ...]
    extras: tuple[ExtraLine, ...]
    currency: str

    @property
    def total(self) -> Decimal:
        sums = [line.sum for line in self.people] + [line.sum for line in self.extras]
        return sum(sums, Decimal(0))

    def __str__(self) -> str:
        return in_words(self.total, self.currency)


def price(order: Order, *, book: PolicyBook | None = None) -> Price | None:
    """Return what an order costs; None where the category has no fee on that day."""
    book = book or current()
    counts = [(order.people - order.children, GROWN_UP), (order.children, 0)]
    quotes = [(count, _quote(order, age, book)) for count, age in counts if count]
    lines = tuple(PeopleLine(count, quote) for count, quote in quotes if quote)
    if not lines:
        return None
    chosen = [each for each in extras(order.category, order.on, book=book) if each.code in order.extras]
    return Price(lines, tuple(_extra(each, lines) for each in chosen), lines[0].quote.currency)


def _quote(order: Order, age: int, book: PolicyBook) -> FeeQuote | None:
    born_on = date(order.on.year - age, 1, 1)
    return rules.fee_for(
        order.category,
        born_on,
        order.on,
        document=order.document,
        family_of_citizen=order.family_of_citizen,
        book=book,
    )


def _extra(surcharge: Surcharge, lines: Iterable[PeopleLine]) -> ExtraLine:
    """Return what a surcharge comes to: everybody pays a sum; a part is of what everybody pays."""
    if surcharge.percent is None:
        return ExtraLine(surcharge, sum(line.count for line in lines) * (surcharge.amount or Decimal(0)))
    part = Decimal(surcharge.percent) / 100
    return ExtraLine(surcharge, sum((line.sum * part for line in lines), Decimal(0)).quantize(CENT))


def extras(category: Category, on: date, *, book: PolicyBook | None = None) -> list[Surcharge]:
    rows = in_force((book or current()).surcharges, on)
    return [each for each in rows if not each.alone and category.code not in each.not_for]


def refunds(on: date, *, book: PolicyBook | None = None) -> list[RefundRule]:
    return sorted(in_force((book or current()).refunds, on), key=lambda each: not each.refunded)


def free_below(on: date, *, book: PolicyBook | None = None) -> int | None:
    ages = [row.under_age for row in in_force((book or current()).exemptions, on) if row.under_age]
    return max(ages, default=None)


def fingerprints_from(on: date, *, book: PolicyBook | None = None) -> int | None:
    return next((row.from_age for row in in_force((book or current()).fingerprints, on)), None)
