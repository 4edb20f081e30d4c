"""What all fields share: arguments for the layout, and how a message is put together."""

from typing import Any, ClassVar, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy as _

from consular.lib import calendars

ARGUMENTS = {
    "label_size",
    "label_is_heading",
    "width",
    "autocomplete",
    "prefix",
    "suffix",
    "called",
    "required_message",
}
QUESTION_MARKS = ("", "?", "؟")


class UiField(forms.Field):
    """The base of all our fields; see `consular.ui.fields` for the arguments."""

    label_size: str = ""
    label_is_heading: bool = False
    width: int | str = ""
    autocomplete: str = ""
    prefix: Any = ""
    suffix: Any = ""
    called: Any = ""
    required_message: Any = ""

    control: ClassVar[dict[str, Any]] = {}  # HTML attributes of every control of this kind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for argument in ARGUMENTS & kwargs.keys():
            setattr(self, argument, kwargs.pop(argument))
        super().__init__(*args, **kwargs)
        if self.required_message:
            self.error_messages["required"] = self.required_message

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {**self.control, **super().widget_attrs(widget)}
        if self.autocomplete:
            attrs["autocomplete"] = self.autocomplete
        return attrs

    def fail(self, code: str, **params: Any) -> NoReturn:
        """Raise the message `code`; `%(label)s` begins a sentence, `%(name)s` stands inside one."""
        called, message = str(self.called or self.label or ""), self.error_messages[code]
        if called[-1:] in QUESTION_MARKS:
            params["question"], called = called, gettext("Your answer")
            # Nobody can "enter" or "select" a question.
            if code == "required" and not self.required_message:
                message = _("Answer the question “%(question)s”")
        params |= {"label": capfirst(called), "name": lower_first(called)}
        raise ValidationError(message, code=code, params=params)

    def validate(self, value: Any) -> None:
        if self.required and value in self.empty_values:
            self.fail("required")


def lower_first(phrase: str) -> str:
    """Make `phrase` fit the middle of a sentence; abbreviations such as "PIN" keep their capitals."""
    return phrase if phrase[:2].isupper() else phrase[:1].lower() + phrase[1:]


def number(value: int) -> str:
    """Write a number in the digits of the language, its thousands apart.

    Not by a blank in digits of its own: between right-to-left words it would turn the groups around.
    """
    written = local(f"{value:,}")
    return written.replace(
        ",", "\N{NO-BREAK SPACE}" if written.isascii() else "\N{ARABIC THOUSANDS SEPARATOR}"
    )


def local(value: object) -> str:
    """Write `value` in the digits of the language."""
    return calendars.digits(value, get_language() or "en")
