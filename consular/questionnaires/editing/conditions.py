"""A condition as rows of a small form: a question, a test, a value; of which all must hold, or any. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.questionnaires.conditions import Condition
from consular.questionnaires.editing.pieces import Content
from consular.questionnaires.status import Type

TRUTHS = {"true": True, "false": False}


class Test(models.TextChoices):
    EQUALS = "equals", _("is")
    EQUALS_NOT = "not equals", _("is not")
    IN = "in", _("is one of")
    IN_NOT = "not in", _("is none of")
    CONTAINS = "contains", _("has, among several answers")
    CONTAINS_NOT = "not contains", _("does not have, among several answers")
    BELOW = "below", _("is a number below")
    BELOW_NOT = "not below", _("is no number below")
    AT_LEAST = "at_least", _("is a number of at least")
    ROWS_AT_LEAST = "rows_at_least", _("has at least so many rows")
    SAME = "same", _("is the same as the answer to")
    SAME_NOT = "not same", _("is not the same as the answer to")
    ANSWERED = "answered", _("is answered")
    ANSWERED_NOT = "not answered", _("is not answered")


class Together(models.TextChoices):
    ALL = "all", _("all of them hold")
    ANY = "any", _("any of them holds")


NUMBERS = ("below", "at_least", "rows_at_least")


@dataclass(frozen=True)
class Row:
    name: str
    test: str
    value: str = ""


def as_rows(
    condition: Condition | None, questions: Mapping[str, Content]
) -> tuple[Together, list[Row]] | None:
    """Return a condition as rows; None where the form cannot say it, or would not say the same."""
    if condition is None:
        return Together.ALL, []
    found = _as_rows(condition)
    if found is None:
        return None
    try:
        again = from_rows(*found, questions)
    except ValueError:
        return None
    return found if again in (condition, _only(condition)) else None


def _as_rows(condition: Any) -> tuple[Together, list[Row]] | None:
    operator, operand = next(iter(condition.items())) if _is_one_test(condition) else ("", None)
    parts = operand if operator in Together.values and isinstance(operand, list) else [condition]
    rows = [row for part in parts if (row := _row(part))]
    if not rows or len(rows) != len(parts):
        return None
    return Together(operator if operator in Together.values else "all"), rows


def _only(condition: Condition) -> Any:
    """Return the only condition of a list of one, which says the same."""
    parts = next(iter(condition.values()))
    return parts[0] if isinstance(parts, list) and len(parts) == 1 else None


def _is_one_test(condition: Any) -> bool:
    return isinstance(condition, Mapping) and len(condition) == 1


def _row(condition: Any) -> Row | None:
    if not _is_one_test(condition):
        return None
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        row = _row(operand)
        test = f"not {row.test}" if row else ""
        return Row(row.name, test, row.value) if row and test in Test.values else None
    if operator == "answered":
        return Row(operand, operator)
    if operator not in Test.values or not isinstance(operand, list):
        return None
    written = _written(operand[1])
    return None if written is None else Row(operand[0], operator, written)


def _written(value: Any) -> str | None:
    """Return a value as one types it; None for one that would not come back the same."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        words = [_written(each) for each in value]
        is_plain = all(isinstance(each, str) and "," not in each for each in value)
        return ", ".join(map(str, words)) if is_plain else None
    return str(value) if isinstance(value, (str, int)) else None


def from_rows(together: str, rows: list[Row], questions: Mapping[str, Content]) -> Condition | None:
    """Return the condition that rows say; ValueError where a value is no number and should be one."""
    parts = [_condition(row, questions.get(row.name, {})) for row in rows]
    if len(parts) <= 1:
        return parts[0] if parts else None
    return {together: parts}


def _condition(row: Row, question: Content) -> Condition:
    negated, test = row.test.startswith("not "), row.test.removeprefix("not ")
    made: Condition = {
        test: row.name if test == "answered" else [row.name, _value(test, row.value, question)]
    }
    return {"not": made} if negated else made


def _value(test: str, typed: str, question: Content) -> Any:
    if test == "in":
        return [each for part in typed.split(",") if (each := part.strip())]
    is_number = test in NUMBERS or (test == "equals" and question.get("type") == Type.INTEGER)
    if is_number:
        return int(typed)
    is_truth = question.get("type") in {None, Type.YES_NO, Type.DECLARATION}
    return TRUTHS.get(typed.lower(), typed) if test == "equals" and is_truth else typed
