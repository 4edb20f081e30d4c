"""What the visa questionnaire's conditions and checks may use beside the answers, and what the law asks of them.

    category, residence     of the application
    today                   the day on which the answers are judged
    age                     the traveller's, in years
    longest_stay            days that a visa of the category gives at most
    first_stay              days from arrival to departure, both counted
    latest_arrival          the last day for which one can apply today
    latest_departure        the last day of a stay that begins on the day of arrival
    passport_until          the earliest day on which the passport may expire
    may_have_authorisation  whether the law lets somebody of this nationality travel with an electronic authorisation

A name is left out where its answer is not known. Conditions speak of the first four only: they hold without
asking the law, so that what was submitted reads the same for ever; the limits are for checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from consular.questionnaires.filling import Filling
from visas.applications.models import VisaApplication
from visas.policy import rules as policy
from visas.policy.book import NotInForce, PolicyBook, in_force
from visas.policy.models import Rule
from visas.policy.models.fees import age_on
from visas.policy.status import Outcome

FORM = "visa"  # The code of the questionnaire
AUTHORISATION = "EA"  # The category of whoever needs no visa but an electronic authorisation
APPLY_AHEAD = 180  # days: nobody applies earlier before arriving, also for a visa that can be used for longer


def answers_of(application: VisaApplication) -> Filling:
    """Return the answers of an application without asking the law; one query."""
    return application.sheet.filling(Context.of(application, None))


@dataclass(frozen=True)
class Context:
    """Turns answers into context values; without a `book` the law sets no limits."""

    category: str
    residence: str
    today: date
    book: PolicyBook | None

    @classmethod
    def of(cls, application: VisaApplication, book: PolicyBook | None) -> "Context":
        return cls(application.category, application.residence, application.sheet.day, book)

    def __call__(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        known = {"category": self.category, "residence": self.residence, "today": self.today}
        if birth_on := answers.get("birth.on"):
            known["age"] = age_on(birth_on, self.today)
        arrives_on, leaves_on = answers.get("trip.arrives_on"), answers.get("trip.leaves_on")
        if arrives_on and leaves_on:
            known["first_stay"] = days_from(arrives_on, leaves_on)
        return known | (self.limits(self.book, answers) if self.book else {})

    def limits(self, book: PolicyBook, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the law allows; None for what it does not limit or cannot know yet."""
        category = book.category(self.category)
        arrives_on, leaves_on = answers.get("trip.arrives_on"), answers.get("trip.leaves_on")
        rule = (
            authorisation_rule(answers, arrives_on or self.today, book)
            if self.category == AUTHORISATION
            else None
        )
        longest = policy.longest(rule, category, book) if rule else policy.longest_stay(category, book=book)
        return {
            "longest_stay": longest,
            "latest_arrival": self.today + timedelta(days=min(category.usable_for_days, APPLY_AHEAD)),
            "latest_departure": policy.last_day(arrives_on, longest) if arrives_on and longest else None,
            "passport_until": _passport_until(leaves_on, book) if leaves_on else None,
            "may_have_authorisation": rule is not None if answers.get("nationality.current") else None,
        }


def authorisation_rule(answers: Mapping[str, Any], on: date, book: PolicyBook) -> Rule | None:
    """Return the rule that lets somebody with these answers travel with an authorisation; None where none does."""
    nationality = answers.get("nationality.current")
    if not nationality:
        return None
    document, purpose = answers.get("passport.type", "ordinary"), answers.get("trip.purpose", "tourism")
    _group, rules = policy.rules_for(book, policy.Question(nationality, document, purpose, 1, on))
    return next((rule for rule in rules if rule.outcome == Outcome.AUTHORISATION), None)


def with_authorisation(book: PolicyBook, on: date) -> set[str]:
    """Return the nationalities of the groups that travel with an electronic authorisation on a day."""
    groups = {rule.group.code for rule in in_force(book.rules, on) if rule.outcome == Outcome.AUTHORISATION}
    return {each.nationality for each in in_force(book.members, on) if each.group.code in groups}


def days_from(arrives_on: date, leaves_on: date) -> int:
    """Return the days of a stay; the day of arrival and the day of departure both count."""
    return (leaves_on - arrives_on).days + 1


def _passport_until(leaves_on: date, book: PolicyBook) -> date | None:
    try:
        return policy.passport_must_be_valid_until(leaves_on, book=book)
    except NotInForce:
        return None


def facts(filling: Filling) -> dict[str, Any]:
    """Return what the conditions of required documents speak of (see `visas.policy.rules`), as far as it is known."""
    known, answers = filling.context, filling.submitted()
    nationality = answers.get("nationality.current")
    found = {
        "age": known.get("age"),
        "purpose": answers.get("trip.purpose"),
        "document": answers.get("passport.type"),
        "nationality": nationality,
        "days": answers.get("trip.days", known.get("first_stay")),
        "lives_abroad": known["residence"] != nationality if nationality else None,
    }
    found |= {name: answers.get(question) for name, question in ANSWERED.items()}
    return {name: fact for name, fact in found.items() if fact is not None} | _rows(filling)


# Facts that are the answer to one question
ANSWERED = {
    "lodging": "trip.lodging",
    "payer": "paying.by",
    "onward_permit": "onward.permit",
    "qualification": "education.highest",
    "relation": "reunion.relation",
    "role": "treatment.role",
    "treatment_payer": "treatment.payer",
    "conviction": "security.crime",
    "emergency": "urgent.kind",
    "foreign_papers": "papers.foreign",
}


def _rows(filling: Filling) -> dict[str, bool]:
    """Return whether there are rows; a page that nobody saw yet says nothing."""
    name = "press.equipment"
    return {"equipment": filling.facts[name] is not None} if name in filling.facts else {}
