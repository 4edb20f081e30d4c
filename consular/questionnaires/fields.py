"""The form field of a question."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from consular.questionnaires import values
from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import Question
from consular.questionnaires.status import Type
from consular.ui import fields

FEW = 7  # More choices than these stand in a native select


def field_for(question: Question, filling: Filling, *, is_heading: bool = False) -> forms.Field:
    """Return the field that asks `question`, in the active language; with the choices offered at this point.

    `is_heading` makes its label the heading of the page.
    """
    common = {**_common(question), "label_is_heading": is_heading}
    return _BUILDERS[question.type](question, filling, **common)


def _common(question: Question) -> dict[str, Any]:
    return {
        "label": str(question.label),
        "help_text": str(question.hint),
        "required": question.required,
        "called": str(question.called),
        "required_message": str(question.required_message),
        "autocomplete": question.autocomplete,
    }


def _text(field: type[fields.CharField], **more: Any) -> Callable[..., forms.Field]:
    def build(question: Question, filling: Filling, **common: Any) -> forms.Field:
        return field(max_length=question.length, width=question.width, **more, **common)

    return build


def _given(field: type[forms.Field]) -> Callable[..., forms.Field]:
    """Fields whose limits and width are their own."""

    def build(question: Question, filling: Filling, **common: Any) -> forms.Field:
        return field(**{name: value for name, value in common.items() if value != "" or name == "label"})

    return build


def _yes_no(question: Question, filling: Filling, **common: Any) -> forms.Field:
    """Yes and no stand beside each other, unless something stands under the Yes."""
    return _given(fields.YesNoField)(question, filling, inline=question.details is None, **common)


def _integer(question: Question, filling: Filling, **common: Any) -> forms.Field:
    return fields.IntegerField(min_value=question.at_least, max_value=question.at_most, width=3, **common)


def _money(question: Question, filling: Filling, **common: Any) -> forms.Field:
    return fields.MoneyField(currencies=question.currencies, width=10, **common)


class RowsField(fields.UiField):
    """Stands for the rows as a whole: takes their ids; what is wrong with their number is said here."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("%(label)s: give at least %(limit)s"),
        "too_many": _("%(label)s: give no more than %(limit)s"),
    }

    def __init__(self, *, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question

    def check(self, rows: int) -> None:
        """Raise what there is to say against so many rows."""
        if rows < self.question.fewest:
            self.fail("required", limit=values.bound_in_words(self.question.fewest))
        if rows > self.question.most:
            self.fail("too_many", limit=values.bound_in_words(self.question.most))


def _rows(question: Question, filling: Filling, **common: Any) -> forms.Field:
    return RowsField(question=question, **{**common, "required": False})


def _choices(question: Question, filling: Filling) -> tuple[list[tuple[str, str]], dict[str, str]]:
    offered = filling.offered(question)
    hints = {choice.value: str(choice.hint) for choice in offered if choice.hint}
    return [(choice.value, str(choice.label)) for choice in offered], hints


def _choice(question: Question, filling: Filling, **common: Any) -> forms.Field:
    listed, hints = _choices(question, filling)
    if len(listed) > FEW:
        empty = ("", gettext("Select from the list"))
        return fields.ChoiceField(choices=[empty, *listed], select=True, **common)
    return fields.ChoiceField(choices=listed, hints=hints, **common)


def _several(question: Question, filling: Filling, **common: Any) -> forms.Field:
    listed, hints = _choices(question, filling)
    return fields.MultipleChoiceField(choices=listed, hints=hints, **common)


_BUILDERS: dict[Type, Callable[..., forms.Field]] = {
    Type.TEXT: _text(fields.CharField),
    Type.LONG_TEXT: _text(fields.CharField, multiline=True),
    Type.LATIN_NAME: _text(fields.LatinNameField),
    Type.NATIVE_NAME: _text(fields.NativeNameField),
    Type.CODE: _text(fields.CodeField),
    Type.ADDRESS: _text(fields.CharField, multiline=True),
    Type.DATE: _given(fields.DateField),
    Type.COUNTRY: _given(fields.CountryField),
    Type.NATIONALITY: _given(fields.NationalityField),
    Type.PHONE: _given(fields.PhoneField),
    Type.EMAIL: _given(fields.EmailField),
    Type.YES_NO: _yes_no,
    Type.DECLARATION: _given(fields.BooleanField),
    Type.CHOICE: _choice,
    Type.CHOICES: _several,
    Type.INTEGER: _integer,
    Type.MONEY: _money,
    Type.ROWS: _rows,
}
