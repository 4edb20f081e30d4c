"""What becomes of answers when their questionnaire is worded anew. Pure; `actions.move` writes it.

An answer that fits the new wording stays. One that does not (another type, a choice that is gone, a shorter limit)
becomes what was typed, so that its page says what is wrong, and stands aside as it was: if a later revision takes it
again before the person has given another, it comes back. Answers to questions that are gone are left where they are;
nobody reads them, and they come back with their question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from consular.lib.multilingual import Multilingual
from consular.questionnaires import notes, rows, values
from consular.questionnaires.differences import ASKS_AGAIN, Kind, of_question
from consular.questionnaires.fields import field_for
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import Document, Page, Question
from consular.questionnaires.status import Type


class Given(Protocol):
    """An answer as its row keeps it."""

    value: Any
    typed: Any


@dataclass
class Moved:
    """`refitted`: question → its value (JSON) and what was typed from now on; `changed` is the sheet's."""

    refitted: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)


def moved(  # noqa: PLR0913, PLR0917 - everything that a sheet holds
    old: Document,
    new: Document,
    since: int,
    answers: Mapping[str, Given],
    aside: Mapping[tuple[str, int], Any],
    changed: Mapping[str, Any],
) -> Moved:
    """Return what to write: `since` is the older revision's number, `aside` what stands aside by question and number."""
    result, begun = Moved(changed=dict(changed)), _sections_begun(new, answers)
    for name, now in new.questions.items():
        was, answer = old.questions.get(name), answers.get(name)
        what = {Kind.ADDED} if was is None else of_question(was, now)
        if answer and what:
            candidate = _candidate(name, answer, aside, result.changed)
            _refit(result, name, now, answer, candidate)
        asks_again = what & ASKS_AGAIN or name in result.refitted
        if asks_again and (answer or (was is None and _section_of(new, name) in begun)):
            told = (what & ASKS_AGAIN) | (what & {Kind.LIMITS} if name in result.refitted else set())
            result.changed[name] = notes.merged(result.changed.get(name), told or {Kind.LIMITS}, since)
    return result


def _candidate(
    name: str, answer: Given, aside: Mapping[tuple[str, int], Any], changed: Mapping[str, Any]
) -> Any:
    """Return the last right answer (JSON): the one that stands aside, while the person has not given another."""
    if answer.value is None and name in changed:
        return aside.get((name, changed[name]["since"]))
    return answer.value


def _refit(result: Moved, name: str, now: Question, answer: Given, candidate: Any) -> None:
    if candidate is None:
        if not is_shape_of(now, answer.typed):
            result.refitted[name] = (None, _flat(answer.typed))
        return
    value, typed = refit(now, candidate)
    if (value, typed) != (answer.value, answer.typed):
        result.refitted[name] = (value, typed)


def _sections_begun(document: Document, answers: Mapping[str, Given]) -> set[str]:
    return {_section_of(document, name) for name in answers if name in document.questions}


def _section_of(document: Document, name: str) -> str:
    section = document.section_of.get(document.page_of[name].id)
    return section.id if section else ""


# Does an answer fit?


def refit(question: Question, value: Any) -> tuple[Any, Any]:
    """Return an answer in JSON as `question` takes it: as its value, or else as what was typed."""
    if question.type == Type.ROWS:
        return _refit_rows(question, value)
    if fits(question, value):
        return value, None
    return None, value if isinstance(value, str) else ""


def _refit_rows(question: Question, value: Any) -> tuple[Any, Any]:
    listed = [_refit_row(question, row) for row in rows.given(Entry(value))]
    made = rows.entry(question, listed)
    return made.value, made.typed


def _refit_row(question: Question, row: Mapping[str, Any]) -> dict[str, Any]:
    made, wrong = {rows.ID: row[rows.ID]}, {}
    for column in question.columns:
        cell = row.get(column.id)
        if cell is None and not column.required:
            made[column.id] = None
        elif fits(column, cell):
            made[column.id] = cell
        else:
            wrong[column.id] = cell if isinstance(cell, str) else ""
    return {**made, rows.WRONG: wrong} if wrong else made


def fits(question: Question, value: Any) -> bool:
    """Tell whether the question takes an answer in JSON as it is, whichever choices are offered at the moment."""
    choices = tuple(replace(choice, when=None) for choice in question.choices)
    field_of = field_for(replace(question, choices=choices), EMPTY)
    if question.type in _LISTS and not isinstance(value, list):
        return False
    try:
        return bool(values.to_json(field_of.clean(value)) == value)
    except (ValidationError, TypeError, ValueError, AttributeError):
        return False


_LISTS = {Type.CHOICES, Type.ROWS}
EMPTY = Filling(
    Document(Multilingual(), (), Page("none", Multilingual(), ())), {}
)  # All that a field asks it is what is offered


def is_shape_of(question: Question, typed: Any) -> bool:
    """Tell whether the question's own page could have posted this."""
    if typed is None:
        return True
    if question.type in {Type.DATE, Type.MONEY}:
        return isinstance(typed, dict)
    return isinstance(typed, list if question.type in _LISTS else str)


def _flat(typed: Any) -> Any:
    """Return what was typed into boxes of another shape as one line."""
    return " ".join(_words(typed)).strip()


def _words(typed: Any) -> Iterator[str]:
    parts = typed.values() if isinstance(typed, dict) else typed if isinstance(typed, list) else [typed]
    for part in parts:
        yield from _words(part) if isinstance(part, (dict, list)) else [str(part)]
