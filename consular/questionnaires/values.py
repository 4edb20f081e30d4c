"""Answers as Python, as JSON and in words."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from consular.lib import calendars, countries
from consular.questionnaires.schema import Question
from consular.questionnaires.status import Type
from consular.ui.templatetags.ui import day, digits

LATIN = (Type.LATIN_NAME, Type.CODE, Type.PHONE, Type.EMAIL)


def to_json(value: Any) -> Any:
    """Return an answer as its row in the database keeps it."""
    if isinstance(value, list):
        return [to_json(each) for each in value]
    if isinstance(value, dict):
        return {name: to_json(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(question: Question, stored: Any) -> Any:
    """Return an answer as rules and forms use it."""
    if question.type == Type.DATE and stored is not None:
        return dt.date.fromisoformat(stored)
    if question.type == Type.ROWS and stored:
        columns = {column.id: column for column in question.columns}
        return [{name: _cell(columns.get(name), each) for name, each in row.items()} for row in stored]
    return stored


def _cell(column: Question | None, stored: Any) -> Any:
    return from_json(column, stored) if column else stored


def is_answer(value: Any) -> bool:
    """Tell whether a cleaned value says anything; False does, an unticked declaration never comes here."""
    return value is not None and value not in ("", [])


def in_words(question: Question, value: Any) -> str:
    """Return an answer in the active language, '' where there is none."""
    if not is_answer(value):
        return ""
    write = _WRITERS.get(question.type)
    return write(question, value) if write else str(value)


def direction(question: Question) -> str:
    """Return "ltr" for answers that keep their own order inside a right-to-left text, else ''."""
    return "ltr" if question.type in LATIN else ""


def bound_in_words(limit: Any) -> str:
    """Return the limit of a check, a date or a number, in the active language."""
    language = get_language() or "en"
    if isinstance(limit, dt.date):
        return calendars.in_words(limit, language)
    return calendars.digits(limit, language)


def _country(question: Question, value: str) -> str:
    return countries.name(value, get_language() or "en")


def _choice(question: Question, value: str) -> str:
    labels = {choice.value: str(choice.label) for choice in question.choices}
    return labels.get(value, value)


def _choices(question: Question, values: list[str]) -> str:
    return get_text_list([_choice(question, value) for value in values], gettext("and"))


def _money(question: Question, value: dict[str, str]) -> str:
    language = (get_language() or "en").split("-")[0]
    return digits(
        format_currency(Decimal(value["amount"]), value["currency"], locale=language, format_type="name")
    )


def _rows(question: Question, rows: list[dict[str, Any]]) -> str:
    """Return a line a row, numbered, of the columns that have an answer."""
    return "\n".join(f"{digits(place)}. {_row(question, row)}" for place, row in enumerate(rows, 1))


def _row(question: Question, row: dict[str, Any]) -> str:
    cells = ((column.label, in_words(column, row.get(column.id))) for column in question.columns)
    return gettext("; ").join(
        gettext("%(label)s: %(answer)s") % {"label": label, "answer": words}
        for label, words in cells
        if words
    )


def _yes_no(question: Question, value: bool) -> str:  # noqa: FBT001 - one of several writers
    return gettext("Yes") if value else gettext("No")


_WRITERS: dict[Type, Callable[[Question, Any], str]] = {
    Type.DATE: lambda question, value: day(value),
    Type.COUNTRY: _country,
    Type.NATIONALITY: _country,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.YES_NO: _yes_no,
    Type.MONEY: _money,
    Type.ROWS: _rows,
    Type.INTEGER: lambda question, value: bound_in_words(value),
    Type.DECLARATION: lambda question, value: gettext("Agreed"),
}
