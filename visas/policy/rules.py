"""What the law says: questions that have one answer for a given day.

Every function takes the policy to ask as `book`, by default the one in the database now
(`visas.policy.book.current`, one query). With a book given they are pure. What others use:

    category("TV")                                     → Category, KeyError when there is none
    requirement(Question("IRN", "ordinary", "tourism", 30, on=date(2027, 1, 10))) → Answer
    who_needs(purpose, on)                             → [(group, its rules)], for an overview
    fee_for(category, birth_on, on)                    → FeeQuote(amount, currency, exemption, …)
    documents_for(category, facts, on=…)               → documents that are certainly asked for
    possible_documents(category, facts, on=…)          → those that depend on facts not known yet
    document(code)                                     → RequiredDocument with that code, for its label
    document_codes(category)                           → codes of everything the category ever asks for
    stay_options(category)                             → lengths and entries on offer, shortest first
    longest_stay(category)                             → days, or None where no fixed length is set
    last_day(arrive_on, days)                          → the day by which the traveller has left
    passport_must_be_valid_until(leave_on)             → the earliest day a passport may expire
    working_days_due(opened_at, mission, category)     → the day by which a decision is promised

Nationalities are three-letter codes of `consular.lib.countries`; documents and purposes are the codes
of `TravelDocument` and `Purpose`. Days count both the day of arrival and the day of departure.

Facts that conditions of documents speak of: `age` (years), `purpose`, `document`, `nationality`,
`days`, `lodging` ("host", "booked", "own"), `payer` ("self", "sponsor"), `lives_abroad` (bool: lives in a
state other than that of the nationality), `onward_permit` (bool: the next state asks for a permit), and answers
of one category: `qualification`, `relation`, `role` ("patient", "companion"), `treatment_payer`, `conviction`,
`emergency`, `equipment` and `foreign_papers` (see `visas.applications.context`).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from consular.missions.models import Mission
from visas.policy.book import NotInForce, PolicyBook, current, in_force
from visas.policy.conditions import holds
from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    PassportValidity,
    RequiredDocument,
    Rule,
    RuleGroup,
    StayOption,
)
from visas.policy.models.fees import age_on
from visas.policy.money import in_words
from visas.policy.status import Interview, Outcome


@dataclass(frozen=True)
class Question:
    """Somebody of `nationality`, with this kind of `document`, travels for `purpose` and `days` from `on`."""

    nationality: str
    document: str
    purpose: str
    days: int
    on: date

    def facts(self) -> dict[str, Any]:
        """Return what is known so far, for the conditions of documents."""
        return {
            "nationality": self.nationality,
            "document": self.document,
            "purpose": self.purpose,
            "days": self.days,
        }


@dataclass(frozen=True)
class FeeQuote:
    """What one person pays. `full` is the fee without the exemption; both are in `currency`.

    `str()` is the amount in words of the active language: 60 euros.
    """

    amount: Decimal
    full: Decimal
    currency: str
    fee: Fee
    exemption: FeeExemption | None

    def __str__(self) -> str:
        return in_words(self.amount, self.currency)

    @property
    def full_in_words(self) -> str:
        return in_words(self.full, self.currency)


@dataclass(frozen=True)
class Answer:
    """What the traveller needs, and why.

    `category`, `fee` and the documents are None or empty when nothing has to be applied for. When
    `too_long` is true no visa for the purpose covers the stay, and `longest` says how many days one does.
    `shorter` is a rule that would do with less, for a stay of its `max_days`. `next` is the answer from the
    day `next.question.on`, when the law changes after the day asked about.
    """

    question: Question
    group: RuleGroup
    rule: Rule
    category: Category | None
    fee: FeeQuote | None
    documents: tuple[RequiredDocument, ...]
    possible_documents: tuple[RequiredDocument, ...]
    longest: int | None
    too_long: bool
    shorter: Rule | None
    next: "Answer | None" = None

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.rule.outcome)

    @property
    def interview(self) -> Interview:
        return Interview(self.rule.interview)

    @property
    def online(self) -> bool:
        """Whether this portal takes the application; otherwise a mission does."""
        return self.category is not None and self.category.online and not self.too_long

    @property
    def target_working_days(self) -> int | None:
        return self.category.target_working_days if self.category else None


def category(code: str, *, book: PolicyBook | None = None) -> Category:
    """Return the category with `code`; `KeyError` when there is none."""
    return (book or current()).category(code)


def requirement(question: Question, *, book: PolicyBook | None = None) -> Answer:
    """Answer whether somebody needs a visa.

    Raises `KeyError` for a document or purpose that does not exist and `NotInForce` for a day
    before the law begins. Whether the nationality exists is for the caller to know.
    """
    book = book or current()
    return replace(_answer(book, question), next=_next_answer(book, question))


def _answer(book: PolicyBook, question: Question) -> Answer:
    group, rules = rules_for(book, question)
    rule = next((each for each in rules if each.covers(question.days)), None)
    if rule is None:
        raise NotInForce(question.on)
    category = needed(book, rule, question.purpose)
    most = longest(rule, category, book)
    facts = question.facts()
    return Answer(
        question=question,
        group=group,
        rule=rule,
        category=category,
        fee=fee_for(category, None, question.on, document=question.document, book=book) if category else None,
        documents=tuple(documents_for(category, facts, on=question.on, book=book)) if category else (),
        possible_documents=tuple(possible_documents(category, facts, on=question.on, book=book))
        if category
        else (),
        longest=most,
        too_long=most is not None and question.days > most,
        shorter=_shorter(rules, rule),
    )


def rules_for(book: PolicyBook, question: Question) -> tuple[RuleGroup, list[Rule]]:
    """Return the traveller's group and the rules about them in force, the most particular first."""
    document = book.travel_document(question.document)
    purpose = book.purpose(question.purpose)
    group = document.counts_as or book.group_of(question.nationality, question.on)
    return group, _in_order(book, group, purpose.code, document.code, question.on)


def _in_order(book: PolicyBook, group: RuleGroup, purpose: str, document: str, on: date) -> list[Rule]:
    fitting = [rule for rule in in_force(book.rules, on) if rule.fits(group, purpose, document)]
    return sorted(fitting, key=lambda rule: rule.precedence)


def who_needs(
    purpose: str, on: date, *, book: PolicyBook | None = None
) -> list[tuple[RuleGroup, list[Rule]]]:
    """Return each group with its rules for a purpose and any ordinary document: shorter stays first.

    The last rule of a group is the one for every stay that the ones before it do not cover.
    """
    book = book or current()
    found = []
    for group in book.groups:
        rules = _until_one_covers_all(_in_order(book, group, purpose, "", on))
        if rules:
            found.append((group, rules))
    return found


def _until_one_covers_all(rules: list[Rule]) -> list[Rule]:
    last = next((place for place, rule in enumerate(rules) if rule.max_days is None), len(rules))
    return rules[: last + 1]


def needed(book: PolicyBook, rule: Rule, purpose: str) -> Category | None:
    """Return the category that somebody applies for under `rule`; None where nothing is applied for."""
    if rule.outcome == Outcome.EXEMPT:
        return None
    return rule.category or book.purpose(purpose).category


def longest(rule: Rule, category: Category | None, book: PolicyBook) -> int | None:
    """Return the longest stay in days under `rule`; None where none is fixed."""
    limits = [rule.max_days, longest_stay(category, book=book) if category else None]
    return min((limit for limit in limits if limit is not None), default=None)


def _shorter(rules: list[Rule], chosen: Rule) -> Rule | None:
    """Return the rule with the longest stay among those that asked for less than `chosen` but were too short."""
    passed_over = [rule for rule in rules[: rules.index(chosen)] if rule.max_days is not None]
    return max(passed_over, key=lambda rule: rule.max_days or 0, default=None)


def _next_answer(book: PolicyBook, question: Question) -> Answer | None:
    """Return the answer from the next day on which the rule for this traveller is another one, if the law has one."""
    now = _rule(book, question)
    for day in _days_of_change(book, after=question.on):
        later = replace(question, on=day)
        rule = _rule(book, later)
        if rule != now:
            return _answer(book, later) if rule else None
    return None


def _rule(book: PolicyBook, question: Question) -> Rule | None:
    _, rules = rules_for(book, question)
    return next((each for each in rules if each.covers(question.days)), None)


def _days_of_change(book: PolicyBook, after: date) -> list[date]:
    dated = [*book.rules, *book.members]
    starts = {row.valid_from for row in dated}
    ends = {row.valid_to + timedelta(days=1) for row in dated if row.valid_to}
    return sorted(day for day in starts | ends if day > after)


def fee_for(  # noqa: PLR0913  The law has that many grounds
    category: Category,
    birth_on: date | None,
    on: date,
    *,
    document: str | None = None,
    family_of_citizen: bool = False,
    book: PolicyBook | None = None,
) -> FeeQuote | None:
    """Return what somebody born on `birth_on` (None: an adult) pays who applies on `on`; None before the first fee."""
    book = book or current()
    fee = next((each for each in in_force(book.fees, on) if each.category.code == category.code), None)
    if fee is None:
        return None
    age = age_on(birth_on, on) if birth_on else None
    freed = (
        each
        for each in in_force(book.exemptions, on)
        if each.frees(age, document, family_of_citizen=family_of_citizen)
    )
    exemption = next(freed, None) if fee.amount else None
    return FeeQuote(Decimal(0) if exemption else fee.amount, fee.amount, fee.currency, fee, exemption)


def documents_for(
    category: Category, facts: Mapping[str, Any], *, on: date, book: PolicyBook | None = None
) -> list[RequiredDocument]:
    """Return the documents that somebody with these facts must hand in, in the order to ask for them."""
    return [each for each in _documents(category, on, book) if holds(each.condition, facts) is True]


def possible_documents(
    category: Category, facts: Mapping[str, Any], *, on: date, book: PolicyBook | None = None
) -> list[RequiredDocument]:
    """Return the documents that may be asked for: it depends on facts that are not known yet."""
    return [each for each in _documents(category, on, book) if holds(each.condition, facts) is None]


def document(code: str, *, book: PolicyBook | None = None) -> RequiredDocument:
    """Return the newest required document with `code`, in or out of force; `KeyError` when there is none."""
    rows = [each for each in (book or current()).documents if each.code == code]
    if not rows:
        raise KeyError(code)
    return max(rows, key=lambda each: each.valid_from)


def document_codes(category: Category, *, book: PolicyBook | None = None) -> list[str]:
    """Return the codes of the documents that the category asks for or once asked for, in their order."""
    rows = (book or current()).documents
    return list(dict.fromkeys(each.code for each in rows if each.category.code == category.code))


def _documents(category: Category, on: date, book: PolicyBook | None) -> list[RequiredDocument]:
    rows = in_force((book or current()).documents, on)
    return [each for each in rows if each.category.code == category.code]


def stay_options(category: Category, *, book: PolicyBook | None = None) -> list[StayOption]:
    """Return the stays on offer, shortest first; empty where the length is set case by case."""
    options = [each for each in (book or current()).stay_options if each.category.code == category.code]
    return sorted(options, key=lambda each: (each.days, each.entries))


def longest_stay(category: Category, *, book: PolicyBook | None = None) -> int | None:
    """Return the longest stay in days that a visa of the category can give; None where no length is fixed."""
    return max((each.days for each in stay_options(category, book=book)), default=None)


def last_day(arrive_on: date, days: int) -> date:
    """Return the last day of a stay of `days`; the day of arrival is the first."""
    return arrive_on + timedelta(days=days - 1)


def passport_must_be_valid_until(leave_on: date, *, book: PolicyBook | None = None) -> date:
    """Return the earliest day on which the passport of somebody who leaves on `leave_on` may expire."""
    return months_after(leave_on, passport_validity(leave_on, book=book).months_beyond_stay)


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def passport_validity(on: date, *, book: PolicyBook | None = None) -> PassportValidity:
    """Return what is asked of passports on a day; `NotInForce` before the law begins."""
    for row in in_force((book or current()).passport_validity, on):
        return row
    raise NotInForce(on)


def working_days_due(opened_at: datetime, mission: Mission, category: Category) -> date:
    """Return the day by which `mission` promises a decision on a case opened at that moment."""
    opened_on = opened_at.astimezone(ZoneInfo(mission.zone)).date()
    return mission.working_days_after(opened_on, category.target_working_days)
