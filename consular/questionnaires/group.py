"""The fields of a repeated group on a page: a block a row, and the buttons that add one and take one away."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from consular.questionnaires import rows, values
from consular.questionnaires.fields import field_for
from consular.questionnaires.filling import Entry
from consular.questionnaires.schema import MOST_POSTED, Question

if TYPE_CHECKING:
    from consular.questionnaires.forms import PageForm

ACT = "then"  # The name of the buttons: "add jobs", "remove jobs 3f9a01bc"
ADD, REMOVE = "add", "remove"
ROW_ID = re.compile(r"[0-9a-z]{1,16}")


class RowsGroup:
    """Part of a PageForm: each row's columns are fields of the form, so each error stands at its own."""

    template = "ui/forms/rows.html"

    def __init__(self, form: "PageForm", question: Question, *, more: bool) -> None:
        self.form, self.question = form, question
        self.known = values.to_json(rows.given(form.filling.entries.get(question.id)))
        self.ids = self._posted() if form.is_bound else self._shown(more=more)
        saved = {row[rows.ID]: row for row in self.known}
        for row in self.ids:
            self._add(row, saved.get(row, {}))

    # Which rows

    def _posted(self) -> list[str]:
        listed = self.form.data.get(self.question.field_name, "").split()
        return list(dict.fromkeys(each for each in listed if ROW_ID.fullmatch(each)))[:MOST_POSTED]

    def _shown(self, *, more: bool) -> list[str]:
        """Return the rows that are saved, and empty ones up to as many as are wanted."""
        wanted = min(len(self.known) + more, self.question.most)
        missing = max(wanted, self.question.fewest, 1) - len(self.known)
        return [row[rows.ID] for row in self.known] + [rows.new_id() for _ in range(missing)]

    def _add(self, row: str, saved: Mapping[str, Any]) -> None:
        wrong = saved.get(rows.WRONG, {})
        for column in self.question.columns:
            name = self.name_of(row, column)
            self.form.fields[name] = field_for(column, self.form.filling)
            self.form.initial[name] = wrong.get(column.id, saved.get(column.id))

    def name_of(self, row: str, column: Question) -> str:
        return f"{self.question.field_name}-{row}-{column.field_name}"

    # Reading

    @property
    def removed(self) -> str:
        """The id of the row whose button "Remove this one" was pressed, or ''."""
        act, _blank, row = self.form.data.get(ACT, "").rpartition(" ")
        return row if act == f"{REMOVE} {self.question.field_name}" else ""

    def entry(self, known: Entry) -> Entry:
        """Return the answer after this page; its `change` is for who finds that others changed it meanwhile."""
        posted = tuple(self._row(row) for row in self.ids if row != self.removed and not self._is_blank(row))
        change = rows.Change(self.question, frozenset([*self.ids, self.removed]), posted)
        found = change.on(self.known)
        value = values.from_json(self.question, found.value)
        source = known.source if (value, found.typed) == (known.value, known.typed) else found.source
        return Entry(value, found.typed, source, change)

    def _is_blank(self, row: str) -> bool:
        names = (self.name_of(row, column) for column in self.question.columns)
        return all(rows.is_blank(self.form[name].data) for name in names)

    def _row(self, row: str) -> dict[str, Any]:
        made: dict[str, Any] = {rows.ID: row}
        for column in self.question.columns:
            value, typed = self.form.read(self.name_of(row, column))
            if typed is None:
                made[column.id] = values.to_json(value)
            else:
                made.setdefault(rows.WRONG, {})[column.id] = typed
        return made

    # Showing

    def errors(self) -> Iterator[tuple[str, Any]]:
        """Yield what is wrong with the rows that were saved."""
        name, note = self.question.field_name, self.form.filling.again.get(self.question.id)
        field: Any = self.form.fields[name]
        cells = list(self._errors_of_cells())
        try:
            field.check(len(self.known))
        except ValidationError as error:
            yield name, error
        else:
            if note or not cells:
                yield name, str(note or "") or gettext("Check these answers and save the page again")
        yield from cells

    def _errors_of_cells(self) -> Iterator[tuple[str, Any]]:
        for row in self.known:
            for column in self.question.columns:
                name = self.name_of(row[rows.ID], column)
                try:
                    self.form.fields[name].clean(self.form.initial[name])
                except ValidationError as error:
                    yield name, error

    @property
    def field(self) -> forms.BoundField:
        return self.form[self.question.field_name]

    @property
    def is_heading(self) -> bool:
        return self.form.asks_one_thing

    @property
    def joined_ids(self) -> str:
        return " ".join(self.ids)

    @property
    def may_have_more(self) -> bool:
        return len(self.ids) < self.question.most

    def blocks(self) -> list[dict[str, Any]]:
        """Return each row for the template: its heading, its fields, and whether it can be removed."""
        title = str(self.question.row_title) or str(self.question.label)
        saved = {row[rows.ID] for row in self.known}
        return [
            {
                "id": row,
                "title": gettext("%(title)s %(number)s")
                % {"title": title, "number": values.bound_in_words(place)},
                "fields": [self.form[self.name_of(row, column)] for column in self.question.columns],
                "can_go": row in saved or len(self.ids) > 1,
            }
            for place, row in enumerate(self.ids, 1)
        ]

    def as_field_group(self) -> SafeString:
        return render_to_string(self.template, {"group": self})
