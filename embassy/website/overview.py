"""What the law says about one category, gathered for its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy.website import words
from visas.policy import rules
from visas.policy.book import PolicyBook, in_force
from visas.policy.models import Category, GroupMember, Purpose, Rule, RuleGroup, TravelDocument


@dataclass
class Group:
    """One line of "who needs one": a group, its nationalities, and its rules, those for shorter stays first."""

    group: RuleGroup
    nationalities: list[str]
    rules: list[Rule]


@dataclass
class Table:
    """What every group needs for some purposes that the law treats alike."""

    purposes: list[Purpose]
    groups: list[Group]


@dataclass(frozen=True)
class Overview:
    """A category on a day. Pure: everything comes from the book."""

    book: PolicyBook
    category: Category
    today: date

    @property
    def purposes(self) -> list[Purpose]:
        """What people travel for with it; for an authorisation, what the rules about it name."""
        named = {rule.purpose.code for rule in self.book.rules if self._is_about(rule) and rule.purpose}
        return [each for each in self.book.purposes if each.category == self.category or each.code in named]

    def _is_about(self, rule: Rule) -> bool:
        return rule.category == self.category

    def tables(self) -> list[Table]:
        """Return who needs what, with one table for all purposes whose tables would look alike."""
        found: dict[Any, Table] = {}
        for purpose in self.purposes:
            groups = self._groups(purpose)
            alike = tuple((each.group.code, tuple(map(_look, each.rules))) for each in groups)
            found.setdefault(alike, Table([], groups)).purposes.append(purpose)
        return list(found.values())

    def _groups(self, purpose: Purpose) -> list[Group]:
        overview = rules.who_needs(purpose.code, self.today, book=self.book)
        return [Group(group, self._nationalities(group), found) for group, found in overview]

    def _nationalities(self, group: RuleGroup) -> list[str]:
        members: Iterable[GroupMember] = in_force(self.book.members, self.today)
        return sorted(member.nationality for member in members if member.group == group)

    def documents_with_rules(self) -> list[tuple[TravelDocument, list[Rule]]]:
        """Return the kinds of document that change the answer, each with its own rules in force."""
        in_force_today = in_force(self.book.rules, self.today)
        return [
            (document, found)
            for document in self.book.travel_documents
            if (found := [rule for rule in in_force_today if rule.document == document]) or document.counts_as
        ]

    def upcoming(self) -> list[Rule]:
        """Return the rules for its purposes that are not in force yet, the next one first, alike ones once."""
        return self._once(rule for rule in self._rules() if rule.valid_from > self.today)

    def earlier(self) -> list[Rule]:
        """Return the rules for its purposes that are no longer in force, the latest first, alike ones once."""
        return self._once(rule for rule in self._rules() if rule.valid_to and rule.valid_to < self.today)[
            ::-1
        ]

    def _rules(self) -> list[Rule]:
        codes = {purpose.code for purpose in self.purposes}
        return [rule for rule in self.book.rules if rule.purpose and rule.purpose.code in codes]

    def _once(self, found: Iterable[Rule]) -> list[Rule]:
        ordered = sorted(found, key=lambda rule: rule.valid_from)
        return list({(rule.group.code, _look(rule)): rule for rule in ordered}.values())

    def fee(self) -> rules.FeeQuote | None:
        return rules.fee_for(self.category, None, self.today, book=self.book)

    def exemptions(self) -> list[Any]:
        return in_force(self.book.exemptions, self.today)

    def documents(self) -> list[Any]:
        """Return the documents that everybody hands in."""
        return rules.documents_for(self.category, {}, on=self.today, book=self.book)

    def possible_documents(self) -> list[Any]:
        """Return the documents that some hand in."""
        return rules.possible_documents(self.category, {}, on=self.today, book=self.book)

    def stay_lengths(self) -> list[str]:
        return words.stay_lengths(rules.stay_options(self.category, book=self.book))

    def entries(self) -> list[str]:
        return words.entries(rules.stay_options(self.category, book=self.book))

    def passport(self) -> Any:
        return next(iter(in_force(self.book.passport_validity, self.today)), None)


@dataclass(frozen=True)
class FeeTable:
    """Fees on a day, together with those that the law has had and will have."""

    rows: Sequence[Any]
    today: date

    def now(self) -> list[tuple[Any, list[Any]]]:
        """Return the fees in force in parts, each with a row that says for all of them since when and by what law."""
        parts: dict[Any, list[Any]] = {}
        for row in in_force(self.rows, self.today):
            parts.setdefault((row.valid_from, row.valid_to, row.source_id, row.clause), []).append(row)
        return [(rows[0], rows) for rows in parts.values()]

    def upcoming(self) -> list[Any]:
        return sorted(
            (row for row in self.rows if row.valid_from > self.today), key=lambda row: row.valid_from
        )

    def earlier(self) -> list[Any]:
        return [row for row in self.rows if row.valid_to and row.valid_to < self.today]


def _look(rule: Rule) -> tuple[Any, ...]:
    """Return what a reader sees of a rule; two rules for different purposes may look alike."""
    return (
        rule.outcome,
        rule.interview,
        rule.max_days,
        rule.period_days,
        rule.may_take_longer,
        rule.valid_from,
        rule.valid_to,
    )
