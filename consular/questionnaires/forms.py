"""The form of one page: what it takes in (`entries`) and what it shows again (`PageForm(page, filling)`)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from consular.lib import text
from consular.questionnaires import values
from consular.questionnaires.fields import field_for
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import Group, Page, Question
from consular.ui.forms import Form

SHOWN = "shown"


class PageForm(Form):
    """The questions of a page.

    Without data it shows what was saved, right or wrong, with the errors of what is wrong. With data it
    reads a POST: `entries()` gives what to save, for the questions that the posted page had (`shown`).
    """

    def __init__(self, page: Page, filling: Filling, data: Any = None) -> None:
        super().__init__(data)
        self.page, self.filling = page, filling
        self.questions = {question.field_name: question for question in self._wanted(data)}
        for name, question in self.questions.items():
            self.fields[name] = field_for(question, filling, is_heading=self.asks_one_thing)
        self.fields[SHOWN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=" ".join(self.questions)
        )
        self.initial = {name: self._saved(question) for name, question in self.questions.items()}

    def _wanted(self, data: Any) -> list[Question]:
        """Return the questions asked now, or those that the posted page said it had."""
        if data is None:
            return self.filling.asked_on(self.page)
        shown = data.get(SHOWN, "").split()
        return [question for question in self.page.questions if question.field_name in shown]

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
            if question.id in self.filling.entries and self.filling.is_open(question):
                yield name, self._error(name, question)

    def _error(self, name: str, question: Question) -> Any:
        try:
            self.fields[name].clean(self.initial[name])
        except ValidationError as error:
            return error
        if question.id not in self.filling.broken:
            return gettext("Check this answer and save the page again")
        return self.filling.complaint(question)

    def groups(self) -> list[tuple[Group, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        grouped = [
            (
                group,
                [
                    self[question.field_name]
                    for question in group.questions
                    if question.field_name in self.fields
                ],
            )
            for group in self.page.groups
        ]
        return [(group, fields) for group, fields in grouped if fields]

    # Reading

    def entries(self) -> dict[str, Entry]:
        """Return what was posted, by question id: right answers as values, all else as typed."""
        self.is_valid()
        return {question.id: self._entry(name, question) for name, question in self.questions.items()}

    def _entry(self, name: str, question: Question) -> Entry:
        if name in self.errors:
            typed = self[name].data
            return Entry(typed="" if typed is None else _storable(typed))
        value = self.cleaned_data[name]
        value = value if values.is_answer(value) else None
        known = self.filling.entries.get(question.id, Entry())
        return Entry(value, source=known.source) if known.value == value else Entry(value)


def _storable(typed: Any) -> Any:
    """Return what was typed as JSON that PostgreSQL can keep: NUL and lone surrogates become U+FFFD."""
    if isinstance(typed, str):
        return text.storable(typed)
    if isinstance(typed, dict):
        return {key: _storable(value) for key, value in typed.items()}
    return [_storable(each) for each in typed] if isinstance(typed, list) else typed
