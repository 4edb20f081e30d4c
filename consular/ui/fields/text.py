"""Fields for text: free text, codes, names, e-mail addresses, phone numbers."""

from typing import Any

import phonenumbers
from django import forms
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import text
from consular.lib.text import Flaw
from consular.ui import widgets
from consular.ui.fields.base import UiField, number

FLAWS = {
    Flaw.NUL: _("%(label)s contains a character that cannot be stored (shown as �). Delete it."),
    Flaw.SURROGATE: _("%(label)s contains half a character (shown as �). Delete it."),
    Flaw.DIRECTION: _("%(label)s contains an invisible direction mark (shown as �). Delete it."),
    Flaw.TAG: _("%(label)s contains an invisible character (shown as �). Delete it."),
    Flaw.CONTROL: _("%(label)s contains a control character (shown as �). Delete it."),
    Flaw.REPLACEMENT: _("%(label)s contains � where a character was lost. Type it again."),
    Flaw.INVISIBLE: _("%(label)s contains only characters that cannot be seen. Type it again."),
    Flaw.STACK: _("%(label)s has too many marks on one letter. Delete some."),
}


class CharField(UiField, forms.CharField):
    """One line of text, or several with `multiline`; NFC, blanks folded, digits as typed.

    `latin` maps digits to 0-9 and drops joiners: for what a machine will read.
    """

    widget = widgets.TextInput
    latin = False
    default_error_messages = {
        **{flaw.value: message for flaw, message in FLAWS.items()},
        "required": _("Enter %(name)s"),
        "too_long": _("%(label)s must be %(limit)s characters or fewer. You have entered %(given)s."),
        "too_short": _("%(label)s must be %(limit)s characters or more"),
    }

    def __init__(self, *, multiline: bool = False, latin: bool | None = None, **kwargs: Any) -> None:
        self.multiline, self.latin = multiline, self.latin if latin is None else latin
        limits = kwargs.pop("max_length", None), kwargs.pop("min_length", None)
        kwargs.setdefault("widget", widgets.Textarea if multiline else self.widget)
        super().__init__(**kwargs)
        # No maxlength attribute: a message is better than a text that is cut off without a word.
        self.max_length, self.min_length = limits
        self.validators = [each for each in self.validators if not _is_djangos_own(each)]

    def to_python(self, value: Any) -> str:
        value = str(value) if value not in self.empty_values else ""
        if reason := text.flaw(value):
            self.fail(reason.value)
        return self.tidy(text.tidy(value, lines=self.multiline)) or self.empty_value or ""

    def tidy(self, value: str) -> str:
        """Do what this kind of text needs besides; `value` has no flaws and is composed."""
        return text.latin(value) if self.latin else value

    def validate(self, value: str) -> None:
        super().validate(value)
        given = len(value or "")
        if self.max_length is not None and given > self.max_length:
            self.fail("too_long", limit=number(self.max_length), given=number(given))
        if self.min_length is not None and 0 < given < self.min_length:
            self.fail("too_short", limit=number(self.min_length))


def _is_djangos_own(validator: Any) -> bool:
    """Recognise Django's check for NUL, which `Flaw.NUL` does in better words."""
    return isinstance(validator, ProhibitNullCharactersValidator)


class CodeField(CharField):
    """A passport number, a reference: letters A-Z, digits and - / only, upper case, no blanks."""

    latin = True
    control = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters"}
    default_error_messages = {
        "not_a_code": _("%(label)s must have only the letters A to Z and digits"),
    }

    def tidy(self, value: str) -> str:
        return super().tidy(value).replace(" ", "").upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        plain = (value or "").replace("-", "").replace("/", "")
        if value and not (plain.isascii() and plain.isalnum()):
            self.fail("not_a_code")


class NameField(CharField):
    """A name of one part or more, with apostrophes, hyphens and diacritics; no digits or symbols."""

    control = {"spellcheck": "false", "autocapitalize": "words"}
    default_error_messages = {
        "no_letter": _("%(label)s must have at least one letter"),
        "strange_signs": _("%(label)s cannot have %(signs)s. Use letters, spaces, hyphens and apostrophes."),
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if signs := text.strange_signs(value or ""):
            self.fail("strange_signs", signs=signs[:10])
        if value and not any(each.isalpha() for each in value):
            self.fail("no_letter")


class LatinNameField(NameField):
    """A name in Latin letters as in the passport."""

    latin = True
    control = {**NameField.control, "dir": "ltr"}
    default_error_messages = {
        "not_latin": _(
            "Write %(name)s in Latin letters, exactly as in the machine-readable zone of the passport"
        ),
    }

    def validate(self, value: str) -> None:
        if value and not text.is_latin(value):
            self.fail("not_latin")
        super().validate(value)


class NativeNameField(NameField):
    """A name in the holder's own script; ZWNJ stays.

    Persian keyboards of older systems type the Arabic ي and ك. In the Persian interface they
    become ی and ک; elsewhere an Arabic name keeps its letters. (Search folds them all anyway.)
    """

    control = {**NameField.control, "dir": "auto"}

    def tidy(self, value: str) -> str:
        persian = (get_language() or "").startswith("fa")
        return text.persian_letters(value) if persian else value


class EmailField(CharField):
    """An e-mail address; the domain becomes lower case, the part before @ stays as typed."""

    widget = widgets.EmailInput
    latin = True
    control = {"dir": "ltr", "spellcheck": "false"}
    default_error_messages = {
        "required": _("Enter an email address"),
        "invalid": _("Enter an email address in the right format, like name@example.com"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, "autocomplete": "email", **kwargs})

    def tidy(self, value: str) -> str:
        name, at, domain = super().tidy(value).rpartition("@")
        return f"{name}{at}{domain.lower()}"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value.endswith("]"):  # user@[127.0.0.1] is an address, but no person's
            self.fail("invalid")
        if value:
            EmailValidator(self.error_messages["invalid"])(value)


class PhoneField(CharField):
    """A phone number with its country code; cleaned to E.164, such as +982112345678."""

    widget = widgets.TelInput
    latin = True
    control = {"dir": "ltr"}
    default_error_messages = {
        "required": _("Enter a phone number"),
        "no_country": _("Start the phone number with + and the country code, like +98 21 1234 5678"),
        "invalid": _("Enter a full phone number, like +98 21 1234 5678"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "autocomplete": "tel", "width": 20, **kwargs})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed or len(typed) > (self.max_length or 0):
            return typed
        if not typed.startswith(("+", "00", "(+")):
            self.fail("no_country")
        return self.e164(typed)

    def e164(self, typed: str) -> str:
        """Write the number in the one form that is stored, if it can be a number at all."""
        try:
            parsed = phonenumbers.parse("+" + typed.lstrip("(+0"))
        except phonenumbers.NumberParseException:
            self.fail("invalid")
        if not phonenumbers.is_possible_number(parsed):
            self.fail("invalid")
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
