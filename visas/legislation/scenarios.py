"""Whether a book answers the scenarios as they expect. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from visas.legislation.models import Scenario
from visas.legislation.status import Expected
from visas.policy import rules
from visas.policy.book import NotInForce, PolicyBook
from visas.policy.rules import Answer, Question


@dataclass(frozen=True)
class Result:
    """What a book says to a scenario; `outcome` is None where it says nothing."""

    scenario: Scenario
    outcome: Expected | None
    category: str = ""
    fee: Decimal | None = None

    @property
    def passed(self) -> bool:
        wanted = self.scenario
        return (
            self.outcome == wanted.outcome
            and (not wanted.category or self.category == wanted.category)
            and (wanted.fee is None or self.fee == wanted.fee)
        )


def run(scenarios: Iterable[Scenario], book: PolicyBook) -> list[Result]:
    """Ask the book every scenario's question, those that it fails first."""
    return sorted((ask(each, book) for each in scenarios), key=lambda result: result.passed)


def ask(scenario: Scenario, book: PolicyBook) -> Result:
    question = Question(scenario.nationality, scenario.document, scenario.purpose, scenario.days, scenario.on)
    try:
        answer = rules.requirement(question, book=book)
    except (KeyError, NotInForce):
        return Result(scenario, None)
    return Result(scenario, outcome(answer), *_details(answer))


def outcome(answer: Answer) -> Expected:
    return Expected.TOO_LONG if answer.too_long else Expected(answer.outcome)


def _details(answer: Answer) -> tuple[str, Decimal | None]:
    code = answer.category.code if answer.category and not answer.too_long else ""
    return code, answer.fee.amount if answer.fee else None
