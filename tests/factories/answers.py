"""Answers to any questionnaire, made from the types of its questions.

    filled(filling, {"nationality.current": "QNR"}, turn=0)   the same filling, with every page answered

Each question gets the first of some answers of its type that goes with the checks; `turn` moves on to other choices,
so that a few turns walk down every branch. Where a later answer makes an earlier one wrong, that one is mended.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import Page, Question
from consular.questionnaires.status import Type

ROUNDS = 8  # Mending is over long before
DAYS = (-800, -400, -30, 0, 20, 25, 30, 40, 60, 300, 1200, 4000, -7000, -20000)
FIXED: dict[Type, tuple[Any, ...]] = {
    Type.TEXT: ("Harbour",),
    Type.LONG_TEXT: ("It is a long story.\nIt ends well.",),
    Type.LATIN_NAME: ("AZAD",),
    Type.NATIVE_NAME: ("شیرین آزاد",),
    Type.CODE: ("N1234567", "K7654321"),
    Type.COUNTRY: ("QNR", "QPB"),
    Type.NATIONALITY: ("QNR", "QTI"),
    Type.PHONE: ("+442079460000",),
    Type.EMAIL: ("somebody@example.org",),
    Type.ADDRESS: ("1 Harbour Street\nSabel",),
    Type.MONEY: ({"amount": "1200.00", "currency": "EUR"},),
    Type.DECLARATION: (True,),
}


def filled(
    filling: Filling, given: Mapping[str, Any], *, turn: int = 0, with_optional: bool = True
) -> Filling:
    """Return the filling after every page was answered: with what is `given`, else by the types of the questions."""
    maker = _Maker(given, turn, with_optional=with_optional)
    for page in filling.document.pages.values():
        filling = maker.answer(filling, page)
    for _ in range(ROUNDS):
        if not (wrong := [page for page in filling.open_pages() if filling.open_on(page)]):
            break
        for page in wrong:
            filling = maker.answer(filling, page)
    return filling


class _Maker:
    def __init__(self, given: Mapping[str, Any], turn: int, *, with_optional: bool) -> None:
        self.given, self.turn, self.with_optional = given, turn, with_optional

    def answer(self, filling: Filling, page: Page) -> Filling:
        """Answer the page until nothing on it is open: details are asked once their Yes is there."""
        for question in page.questions:
            known = filling.entries.get(question.id)
            if filling.is_asked(question) and (known is None or filling.is_open(question)):
                filling = self.settle(filling, question)
        return filling

    def settle(self, filling: Filling, question: Question) -> Filling:
        if question.id in self.given:
            return filling.with_entries({question.id: Entry(self.given[question.id])})
        if not (question.required or self.with_optional):
            return filling.with_entries({question.id: Entry()})
        tried = filling
        for value in self.in_turn(list(candidates(question, filling)), question):
            tried = filling.with_entries({question.id: Entry(value)})
            if not tried.is_open(question):
                break
        return tried

    def in_turn(self, values: list[Any], question: Question) -> list[Any]:
        if question.type not in {Type.CHOICE, Type.CHOICES, Type.YES_NO} or not values:
            return values
        start = self.turn % len(values)
        return values[start:] + values[:start]


def candidates(question: Question, filling: Filling) -> Iterator[Any]:
    """Yield answers to a question, all of its type."""
    offered = [choice.value for choice in filling.offered(question)]
    if question.type == Type.DATE:
        yield from (timezone.localdate() + dt.timedelta(day) for day in DAYS)
    elif question.type == Type.CHOICE:
        yield from offered
    elif question.type == Type.CHOICES:
        yield from ([offered, *([each] for each in offered)] if offered else ())
    elif question.type == Type.YES_NO:
        yield from (False, True)
    elif question.type == Type.INTEGER:
        yield from range(question.at_least or 1, (question.at_most or 800) + 1)
    elif question.type == Type.ROWS:
        yield [row(question, filling, number) for number in range(max(question.fewest, 1))]
    else:
        yield from FIXED[question.type]


def row(question: Question, filling: Filling, number: int) -> dict[str, Any]:
    """Return one row of a repeated group, every column answered."""
    return {"#": f"row{number}"} | {
        column.id: next(candidates(column, filling)) for column in question.columns
    }
