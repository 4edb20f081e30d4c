"""The rows of a repeated group: what they look like, and how two people's pages come together. Pure.

A row is a dictionary of column → answer, in its place in a list; what is beside the columns:

    "#"   the row's id, drawn when its empty form is first shown and kept for life
    "!"   column → what was typed there instead of a right answer; only in a list that is not right

The list is one answer. It is right when no row has a "!" and there are neither too few rows nor too many.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consular.questionnaires.filling import Entry
from consular.questionnaires.schema import Question

ID, WRONG = "#", "!"
NOT_TYPED = ("calendar", "currency")  # Parts of an answer that are chosen before anybody types

Row = Mapping[str, Any]


def new_id() -> str:
    """Return an id that no other row has, nor one begun in another tab."""
    return secrets.token_hex(4)


def given(entry: Entry | None) -> list[dict[str, Any]]:
    """Return the rows that were given, right or wrong; none where the entry is of another kind."""
    listed = (entry.typed if entry.is_wrong else entry.value) if entry else None
    return [row for row in listed if isinstance(row, dict) and ID in row] if isinstance(listed, list) else []


def is_blank(typed: Any) -> bool:
    """Tell whether nothing was typed into a control."""
    if isinstance(typed, Mapping):
        return all(is_blank(part) for name, part in typed.items() if name not in NOT_TYPED)
    if isinstance(typed, list):
        return all(map(is_blank, typed))
    return typed is None or not str(typed).strip()


def entry(question: Question, rows: Sequence[Row]) -> Entry:
    """Return the answer that these rows make."""
    listed = [dict(row) for row in rows]
    is_right = not any(WRONG in row for row in rows) and question.fewest <= len(rows) <= question.most
    return Entry(listed or None) if is_right else Entry(typed=listed)


@dataclass(frozen=True)
class Change:
    """What one page does to the rows: those it showed become `rows` or, left empty or removed, go; others stay."""

    question: Question
    shown: frozenset[str]
    rows: tuple[Row, ...]

    def on(self, known: Iterable[Row]) -> Entry:
        """Return the answer after the change to what is known by now; rows keep their places, new ones come last."""
        posted = {row[ID]: row for row in self.rows}
        kept = [posted.pop(row[ID], row) for row in known if row[ID] in posted or row[ID] not in self.shown]
        return entry(self.question, [*kept, *posted.values()])
