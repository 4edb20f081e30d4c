"""The form of one page: what it takes in (`entries`) and what it shows again (`PageForm(page, filling)`)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from consular.lib import text
from consular.questionnaires import values
from consular.questionnaires.fields import field_for
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.group import RowsGroup
from consular.questionnaires.schema import Group, Page, Question
from consular.questionnaires.status import Source, Type
from consular.ui.forms import Form

SHOWN, SEEN = "shown", "seen"
YES = "yes"


class PageForm(Form):
    """The questions of a page.

    Without data it shows what was saved, right or wrong, with the errors of what is wrong; `more` names the rows
    to which a row is to be added. With data it reads a POST: `entries()` gives what to save, for the questions
    that the posted page had (`shown`), wherever they stand by now.
    """

    def __init__(self, page: Page, filling: Filling, data: Any = None, *, more: str = "") -> None:
        super().__init__(data)
        self.page, self.filling = page, filling
        self.questions = {question.field_name: question for question in self._wanted(data)}
        self.rows: dict[str, RowsGroup] = {}
        for name, question in self.questions.items():
            self._add(name, question, more=more == name)
        self.fields[SHOWN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=" ".join(self.questions)
        )
        self.fields[SEEN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=" ".join(self._changed())
        )
        plain = {name: question for name, question in self.questions.items() if name not in self.rows}
        self.initial.update({name: self._saved(question) for name, question in plain.items()})

    def _wanted(self, data: Any) -> list[Question]:
        """Return the questions asked now, or those that the posted page said it had."""
        if data is None:
            return [question for question in self.page.questions if self._is_shown(question)]
        shown = dict.fromkeys(data.get(SHOWN, "").split())
        own = [question for question in self.page.questions if question.field_name in shown]
        return own + self._from_elsewhere(shown.keys() - {question.field_name for question in own})

    def _is_shown(self, question: Question) -> bool:
        """Tell whether the page has a question; details stand there before the Yes is ticked."""
        above = self.filling.document.questions[question.under] if question.under else question
        return bool(self.filling.is_asked(above))

    def _from_elsewhere(self, names: Collection[str]) -> list[Question]:
        """Return questions that have moved to other pages since this one was opened; but nothing is declared elsewhere."""
        document = self.filling.document
        moved = [document.by_field[name] for name in sorted(names) if name in document.by_field]
        return [question for question in moved if document.page_of[question.id] != document.closing]

    def _add(self, name: str, question: Question, *, more: bool) -> None:
        field = self.fields[name] = field_for(question, self.filling, is_heading=self.asks_one_thing)
        if question.type == Type.ROWS:
            self.rows[name] = RowsGroup(self, question, more=more)
        elif question.under:
            field.required = question.required and self._is_yes(question.under)

    def _is_yes(self, above: str) -> bool:
        if self.is_bound:
            return bool(self.data.get(self.filling.document.questions[above].field_name) == YES)
        return self.filling.facts.get(above) is True

    def _changed(self) -> list[str]:
        """Return the questions that are shown as they were not when they were answered."""
        return [name for name, question in self.questions.items() if question.id in self.filling.again]

    def _saved(self, question: Question) -> Any:
        entry = self.filling.entries.get(question.id, Entry())
        return entry.typed if entry.is_wrong else entry.value

    # Showing

    @property
    def asks_one_thing(self) -> bool:
        """Tell whether the label of the only question is the heading of the page."""
        return len(self.questions) == 1 and not self.page.intro

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            self.cleaned_data: dict[str, Any] = {}
            for name, message in self._remembered():
                self.add_error(name, message)

    def _remembered(self) -> Iterator[tuple[str, Any]]:
        """Yield the errors of what was saved. A question to which nothing was given yet has none."""
        for name, question in self.questions.items():
            known = question.id in self.filling.entries
            if known and self.filling.is_asked(question) and self.filling.is_open(question):
                yield from self._said_of(name, question)

    def _said_of(self, name: str, question: Question) -> Iterator[tuple[str, Any]]:
        if name in self.rows:
            yield from self.rows[name].errors()
        else:
            yield name, self._error(name, question)

    def _error(self, name: str, question: Question) -> Any:
        note = self.filling.again.get(question.id)
        if note and str(note):
            return str(note)
        try:
            self.fields[name].clean(self.initial[name])
        except ValidationError as error:
            return error
        if question.id not in self.filling.broken:
            return gettext("Check this answer and save the page again")
        return self.filling.complaint(question)

    def groups(self) -> list[tuple[Group, list[Any]]]:
        """Return what stands under each heading: fields, and groups of rows. Details stand inside of their field."""
        self._let_reveal()
        grouped = [
            (group, [self.rows.get(name) or self[name] for name in self._names(group)])
            for group in self.page.groups
        ]
        return [(group, parts) for group, parts in grouped if parts]

    def _names(self, group: Group) -> list[str]:
        return [question.field_name for question in group.questions if question.field_name in self.questions]

    def _let_reveal(self) -> None:
        for question in self.questions.values():
            if question.details and question.details.field_name in self.fields:
                widget: Any = self.fields[question.field_name].widget
                widget.reveals = {YES: self[question.details.field_name]}

    # Reading

    def entries(self) -> dict[str, Entry]:
        """Return what was posted, by question id: right answers as values, all else as typed."""
        self.is_valid()
        seen = set(self.data.get(SEEN, "").split())
        unseen = set(self._changed()) - seen
        return {
            question.id: replace(self._entry(name, question), unseen=name in unseen)
            for name, question in self.questions.items()
        }

    def _entry(self, name: str, question: Question) -> Entry:
        known = self.filling.entries.get(question.id, Entry())
        if name in self.rows:
            return self.rows[name].entry(known)
        value, typed = self.read(name)
        if typed is not None:
            return Entry(typed=typed, source=known.source if known.typed == typed else Source.TYPED)
        return Entry(value, source=known.source) if known.value == value else Entry(value)

    def read(self, name: str) -> tuple[Any, Any]:
        """Return what was posted to one field: the right answer if there is one, else what was typed instead."""
        if name in self.errors:
            typed = self[name].data
            return None, "" if typed is None else _storable(typed)
        value = self.cleaned_data[name]
        return (value if values.is_answer(value) else None), None


def _storable(typed: Any) -> Any:
    """Return what was typed as JSON that PostgreSQL can keep: NUL and lone surrogates become U+FFFD."""
    if isinstance(typed, str):
        return text.storable(typed)
    if isinstance(typed, Mapping):
        return {key: _storable(value) for key, value in typed.items()}
    return [_storable(each) for each in typed] if isinstance(typed, list) else typed
