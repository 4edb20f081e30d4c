"""Form fields: they tidy what is typed, refuse what cannot be stored or seen, and say what to do.

Every field takes, besides Django's own arguments:
    label_size        "s" (the default), "m", "l" or "xl": of the label or legend
    label_is_heading  the label is the page's h1 (one question a page)
    width             2, 3, 4, 5, 10, 20 or 30 characters, or "full" (the default)
    autocomplete      the purpose's token of HTML, such as "email" or "bday"
    prefix, suffix    a sign beside the box, such as "€"
    called            how messages name it where the label is a question: _("date of birth")
    required_message  what to say when nothing was given, such as _("Enter your surname")
"""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language, gettext, gettext_lazy as _

from consular.lib import calendars, countries, text
from consular.lib.calendars import Calendar, NoSuchDay
from consular.lib.text import Flaw
from consular.ui import widgets


QUESTION_MARKS = ("", "?", "؟")


class UiMixin:
    """What all fields share: layout arguments and attributes of the control."""

    ui_arguments = {
        "label_size": "", "label_is_heading": False, "width": "", "autocomplete": "",
        "prefix": "", "suffix": "", "called": "", "required_message": "",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for argument, default in self.ui_arguments.items():
            setattr(self, argument, kwargs.pop(argument, default))
        super().__init__(*args, **kwargs)
        if self.required_message:
            self.error_messages["required"] = self.required_message

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)  # A cut-off text is worse than a message.
        attrs.pop("minlength", None)
        if self.autocomplete:
            attrs["autocomplete"] = self.autocomplete
        return attrs

    def fail(self, code: str, **params: Any) -> NoReturn:
        """Raise the field's message `code`; `%(label)s` begins a sentence, `%(name)s` does not."""
        called, message = str(self.called or self.label or ""), self.error_messages[code]
        if called[-1:] in QUESTION_MARKS:
            # Nobody can "enter" or "select" a question, and it cannot be the subject.
            message = _("Answer the question “%(question)s”") if code == "required" else message
            params, called = {"question": called, **params}, gettext("Your answer")
        params = {"label": capfirst(called), "name": _lower_first(called), **params}
        raise ValidationError(message, code=code, params=params)

    def validate(self, value: Any) -> None:
        if self.required and value in self.empty_values:
            self.fail("required")


def _lower_first(phrase: str) -> str:
    """`phrase` for the middle of a sentence; abbreviations such as "PIN" keep their capitals."""
    return phrase if phrase[:2].isupper() else phrase[:1].lower() + phrase[1:]


FLAWS = {
    Flaw.NUL: _("%(label)s contains a character that cannot be stored (shown as �). Delete it."),
    Flaw.SURROGATE: _("%(label)s contains half a character (shown as �). Delete it."),
    Flaw.DIRECTION: _("%(label)s contains an invisible direction mark (shown as �). Delete it."),
    Flaw.TAG: _("%(label)s contains an invisible character (shown as �). Delete it."),
    Flaw.CONTROL: _("%(label)s contains a control character (shown as �). Delete it."),
    Flaw.REPLACEMENT: _("%(label)s contains � where a character was lost. Type it again."),
    Flaw.INVISIBLE: _("%(label)s contains only characters that cannot be seen. Type it again."),
}


class CharField(UiMixin, forms.CharField):
    """One line of text, or several with `multiline`; NFC, blanks folded, digits as typed.

    `latin` maps digits to 0-9 and drops joiners: for codes and what a machine will read.
    """

    widget = widgets.TextInput
    default_error_messages = {
        **{flaw.value: message for flaw, message in FLAWS.items()},
        "required": _("Enter %(name)s"),
        "too_long": _(
            "%(label)s must be %(limit)s characters or fewer. You have entered %(given)s."
        ),
        "too_short": _("%(label)s must be %(limit)s characters or more."),
    }
    latin = False

    def __init__(self, *, multiline: bool = False, latin: bool | None = None, **kwargs: Any) -> None:
        self.multiline, self.latin = multiline, self.latin if latin is None else latin
        limits = (kwargs.pop("max_length", None), kwargs.pop("min_length", None))
        kwargs.setdefault("widget", widgets.Textarea if multiline else self.widget)
        super().__init__(**kwargs)
        self.validators = [each for each in self.validators if not _forbids_null(each)]
        self.max_length, self.min_length = limits

    def to_python(self, value: Any) -> str:
        value = str(value) if value not in self.empty_values else ""
        if reason := text.flaw(value):
            self.fail(reason.value)
        return self.tidy(text.tidy(value, lines=self.multiline)) or self.empty_value

    def tidy(self, value: str) -> str:
        """What is special to a kind of text; called with a value without flaws."""
        return text.latin(value) if self.latin else value

    def validate(self, value: str) -> None:
        super().validate(value)
        self.check_length(value or "")

    def check_length(self, value: str) -> None:
        given = len(value)
        if self.max_length is not None and given > self.max_length:
            self.fail("too_long", limit=_number(self.max_length), given=_number(given))
        if self.min_length is not None and value and given < self.min_length:
            self.fail("too_short", limit=_number(self.min_length), given=_number(given))


def _forbids_null(validator: Any) -> bool:
    """Django's own check for NUL; `Flaw.NUL` says it better."""
    return type(validator).__name__ == "ProhibitNullCharactersValidator"


def _number(number: int) -> str:
    grouped = f"{number:,}".replace(",", " ")
    return calendars.digits(grouped, get_language() or "en")


class CodeField(CharField):
    """A passport number, a reference: Latin letters and digits, upper case, no blanks."""

    latin = True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        extra = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters"}
        return {**extra, **super().widget_attrs(widget)}

    def tidy(self, value: str) -> str:
        return super().tidy(value).replace(" ", "").upper()


class LatinNameField(CharField):
    """A name in Latin letters as in the passport; one part is enough, ' - . and diacritics are fine."""

    latin = True
    default_error_messages = {
        "not_latin": _(
            "Write the %(name)s in Latin letters, exactly as in the machine-readable zone at the "
            "foot of your passport's data page."
        ),
        "not_a_name": _("%(label)s must have at least one letter and no signs such as %(signs)s"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "ltr", "lang": "und-Latn", "spellcheck": "false", **super().widget_attrs(widget)}

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not text.is_latin(value):
            self.fail("not_latin")
        strange = _strange_signs(value)
        if value and (strange or not any(each.isalpha() for each in value)):
            self.fail("not_a_name", signs=strange or value)


class NativeNameField(CharField):
    """A name in the holder's own script. ZWNJ stays; Arabic ي and ك become Persian in Persian."""

    default_error_messages = {
        "not_a_name": _("%(label)s must have at least one letter and no signs such as %(signs)s"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "auto", "spellcheck": "false", **super().widget_attrs(widget)}

    def tidy(self, value: str) -> str:
        persian = (get_language() or "").startswith("fa")
        return text.persian_letters(value) if persian else value

    def validate(self, value: str) -> None:
        super().validate(value)
        strange = _strange_signs(value)
        if value and (strange or not any(each.isalpha() for each in value)):
            self.fail("not_a_name", signs=strange or value)


def _strange_signs(name: str) -> str:
    """The signs in `name` that no name has: anything but letters, marks, blanks and ' - . , ·"""
    return "".join(dict.fromkeys(each for each in name if not text.fits_a_name(each)))


class EmailField(CharField):
    """An e-mail address; the domain in lower case, the part before @ as typed."""

    widget = widgets.EmailInput
    latin = True
    default_error_messages = {
        "required": _("Enter an email address"),
        "invalid": _("Enter an email address in the right format, like name@example.com"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, "autocomplete": "email", **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "ltr", "spellcheck": "false", **super().widget_attrs(widget)}

    def tidy(self, value: str) -> str:
        name, at, domain = super().tidy(value).rpartition("@")
        return f"{name}{at}{domain.lower()}"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            EmailValidator(self.error_messages["invalid"])(value)


class PhoneField(CharField):
    """A telephone number with its country code; cleaned to E.164, such as +982112345678."""

    widget = widgets.TelInput
    latin = True
    default_error_messages = {
        "required": _("Enter a phone number"),
        "no_country": _("Start the phone number with + and the country code, like +98 21 1234 5678"),
        "invalid": _("Enter a full phone number, like +98 21 1234 5678"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "autocomplete": "tel", "width": 20, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "ltr", "inputmode": "tel", **super().widget_attrs(widget)}

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed or len(typed) > self.max_length:
            return typed
        if not typed.startswith(("+", "00", "(+")):
            self.fail("no_country")
        return self.e164(typed)

    def e164(self, typed: str) -> str:
        try:
            number = phonenumbers.parse("+" + typed.lstrip("(+0"))
        except phonenumbers.NumberParseException:
            self.fail("invalid")
        if not phonenumbers.is_possible_number(number):
            self.fail("invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class IntegerField(UiMixin, forms.Field):
    """A whole number typed in any of our digits, with or without signs between thousands."""

    widget = widgets.TextInput
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "invalid": _("%(label)s must be a whole number, like 12"),
        "too_small": _("%(label)s must be %(limit)s or more"),
        "too_large": _("%(label)s must be %(limit)s or fewer"),
    }

    def __init__(
        self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any
    ) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**{"width": 5, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "dir": "ltr", **super().widget_attrs(widget)}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        digits = text.latin(text.tidy(str(value))).replace(",", "").replace(" ", "")
        if digits and not re.fullmatch(r"[+-]?[0-9]{1,15}", digits):
            self.fail("invalid")
        return int(digits) if digits else None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and self.min_value is not None and value < self.min_value:
            self.fail("too_small", limit=_number(self.min_value))
        if value is not None and self.max_value is not None and value > self.max_value:
            self.fail("too_large", limit=_number(self.max_value))


Bound = datetime.date | Callable[[], datetime.date] | None


class DateField(UiMixin, forms.Field):
    """A date in three boxes, Gregorian or Solar Hijri; cleaned to a `datetime.date`.

    `past` and `future` both allow today. `not_before` and `not_after` are dates or callables
    that give one when the form is checked. The calendar follows the year where that settles it.
    """

    widget = widgets.DateWidget
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "day_missing": _("%(label)s must include a day"),
        "month_missing": _("%(label)s must include a month"),
        "year_missing": _("%(label)s must include a year"),
        "day_invalid": _("The day of %(name)s must be a number from 1 to 31"),
        "month_invalid": _("The month of %(name)s must be a number from 1 to 12, or its name"),
        "year_invalid": _("The year of %(name)s must have 4 digits"),
        "no_such_day": _("There is no %(day)s %(month)s %(year)s: the month has %(days)s days"),
        "two_calendars": _("%(month)s and the year %(year)s belong to different calendars"),
        "year_unlikely": _("Check the year of %(name)s"),
        "past": _("%(label)s must be in the past"),
        "future": _("%(label)s must be in the future"),
        "not_before": _("%(label)s must be %(date)s or later"),
        "not_after": _("%(label)s must be %(date)s or earlier"),
    }
    likely = (datetime.date(1850, 1, 1), datetime.date(2199, 12, 31))

    def __init__(
        self, *, past: bool = False, future: bool = False,
        not_before: Bound = None, not_after: Bound = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.past, self.future = past, future
        self.not_before, self.not_after = not_before, not_after
        kwargs.setdefault("help_text", _date_hint())
        super().__init__(**kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        self.widget.wrong_parts = self.widget.parts
        return super().clean(value)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, datetime.date) or not value:
            return value or None
        typed = self.widget.format_value(value)
        parts = {part: text.latin(text.tidy(typed.get(part, ""))) for part in self.widget.parts}
        if not any(parts.values()):
            return None
        return self.read(parts, typed.get("calendar", ""))

    def read(self, parts: dict[str, str], ticked: str) -> datetime.date:
        """The date of three filled boxes, read in the calendar that the year or month tells."""
        for part in self.widget.parts:
            if not parts[part]:
                self.fail_part(part, f"{part}_missing")
        day = self.number("day", parts["day"], 2)
        year = self.number("year", parts["year"], 4)
        chosen = Calendar(ticked) if ticked in set(Calendar) else Calendar.GREGORIAN
        month, calendar = self.month(parts["month"], year, calendars.guess(year, chosen))
        return self.date(year, month, day, calendar)

    def number(self, part: str, typed: str, length: int) -> int:
        if not re.fullmatch(r"[0-9]+", typed) or not _fits(part, typed, length):
            self.fail_part(part, f"{part}_invalid")
        return int(typed)

    def month(self, typed: str, year: int, calendar: Calendar) -> tuple[int, Calendar]:
        """The month's number and calendar; a name in words settles the calendar or contradicts."""
        named = calendars.month_number(typed)
        if named is None:
            return self.number("month", typed, 2), calendar
        if named[1] != calendars.guess(year, named[1]):
            self.fail("two_calendars", month=typed, year=_digits(year))
        return named

    def date(self, year: int, month: int, day: int, calendar: Calendar) -> datetime.date:
        try:
            return calendars.to_date(year, month, day, calendar)
        except NoSuchDay as impossible:
            if impossible.part != "day":
                self.fail_part(impossible.part, f"{impossible.part}_invalid")
            self.widget.wrong_parts = ("day",)
            days = calendars.days_in_month(year, month, calendar)
            name = calendars.month_name(month, calendar, get_language() or "en")
            self.fail("no_such_day", day=_digits(day), month=name, year=_digits(year), days=_digits(days))

    def fail_part(self, part: str, code: str) -> None:
        self.widget.wrong_parts = (part,)
        self.fail(code)

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if not self.likely[0] <= value <= self.likely[1]:
            self.fail_part("year", "year_unlikely")
        self.check_today(value, timezone.localdate())
        self.check_bounds(value)

    def check_today(self, value: datetime.date, today: datetime.date) -> None:
        if self.past and value > today:
            self.fail("past")
        if self.future and value < today:
            self.fail("future")

    def check_bounds(self, value: datetime.date) -> None:
        first, last = _resolve(self.not_before), _resolve(self.not_after)
        if first and value < first:
            self.fail("not_before", date=_in_words(first))
        if last and value > last:
            self.fail("not_after", date=_in_words(last))


def _fits(part: str, typed: str, length: int) -> bool:
    """A year has exactly four digits; a day or month has one or two and is within range."""
    if part == "year":
        return len(typed) == length
    return len(typed) <= length and 1 <= int(typed) <= {"day": 31, "month": 12}[part]


def _resolve(bound: Bound) -> datetime.date | None:
    return bound() if callable(bound) else bound


def _digits(number: int) -> str:
    return calendars.digits(number, get_language() or "en")


def _in_words(date: datetime.date) -> str:
    return calendars.in_words(date, get_language() or "en")


def _date_hint_now() -> str:
    return gettext("For example, 27 3 1985, or 7 1 1364 in the Solar Hijri calendar")


_date_hint = lazy(_date_hint_now, str)


class ChoiceField(UiMixin, forms.ChoiceField):
    """One of a few: radios; with `select=True` a native select. `hints` by value, for radios."""

    widget = widgets.RadioSelect
    default_error_messages = {
        "required": _("Select %(name)s"),
        "invalid_choice": _("Select one of the answers that are offered"),
    }

    def __init__(
        self, *, select: bool = False, hints: dict[str, Any] | None = None,
        inline: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        made = widgets.Select() if select else self.widget(hints=hints, inline=inline)
        super().__init__(**{"widget": made, **kwargs})

    def validate(self, value: Any) -> None:
        UiMixin.validate(self, value)
        if value and not self.valid_value(value):
            self.fail("invalid_choice")


class TypedChoiceField(UiMixin, forms.TypedChoiceField):
    """One of the choices of a model's field, in a native select."""

    widget = widgets.Select
    default_error_messages = ChoiceField.default_error_messages

    validate = ChoiceField.validate


class MultipleChoiceField(UiMixin, forms.MultipleChoiceField):
    """Any number of a few, as checkboxes; cleaned to a list of values."""

    widget = widgets.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Select at least one answer"),
        "invalid_choice": _("Select only answers that are offered"),
        "invalid_list": _("Select only answers that are offered"),
    }

    def __init__(self, *, hints: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**{"widget": self.widget(hints=hints), **kwargs})

    def validate(self, value: list[str]) -> None:
        UiMixin.validate(self, value)
        if not all(self.valid_value(each) for each in value):
            self.fail("invalid_choice")


class BooleanField(UiMixin, forms.BooleanField):
    """One checkbox, such as a declaration. `required` means that it must be ticked."""

    widget = widgets.CheckboxInput
    default_error_messages = {"required": _("Tick the box to go on")}

    def validate(self, value: bool) -> None:  # noqa: FBT001
        if self.required and not value:
            self.fail("required")


class YesNoField(ChoiceField):
    """Yes or no; cleaned to True or False, or None where it is optional and unanswered."""

    default_error_messages = {"required": _("Select yes or no")}

    def __init__(self, **kwargs: Any) -> None:
        yes_no = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(**{"choices": yes_no, "inline": True, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(self.prepare_value(value)))


class CountryField(ChoiceField):
    """A state by its three-letter code (consular.lib.countries); `first` are the likely ones."""

    default_error_messages = {
        "required": _("Select a country from the list"),
        "invalid_choice": _("Select a country from the list"),
    }
    codes: Iterable[str] = countries.STATES

    def __init__(self, *, first: Iterable[str] = (), **kwargs: Any) -> None:
        self.first = tuple(first)
        super().__init__(**{"select": True, "choices": self.offered, **kwargs})

    def offered(self) -> list[tuple[str, Any]]:
        named = countries.choices(self.codes, get_language() or "en", first=self.first)
        return [("", _("Select from the list")), *named]


class NationalityField(CountryField):
    """A nationality: the states, and ICAO's codes for stateless persons, refugees and others."""

    default_error_messages = {
        "required": _("Select a nationality from the list"),
        "invalid_choice": _("Select a nationality from the list"),
    }
    codes = countries.NATIONALITIES


class ModelChoiceField(UiMixin, forms.ModelChoiceField):
    """One row of a queryset, in a native select."""

    widget = widgets.Select
    default_error_messages = {
        "required": _("Select %(name)s"),
        "invalid_choice": _("Select one of the answers that are offered"),
    }


KINDS = {
    "PDF": ("application/pdf", ".pdf"),
    "JPEG": ("image/jpeg", ".jpg", ".jpeg"),
    "PNG": ("image/png", ".png"),
    "HEIC": ("image/heic", "image/heif", ".heic", ".heif"),
}


class FileField(UiMixin, forms.FileField):
    """One file of `kinds` (keys of KINDS) up to `max_bytes`; the hint tells both limits.

    Only size is checked here: what a file really is, `consular.documents` finds from its content.
    `shrink` lets the browser make a photo smaller before it sends it.
    """

    widget = widgets.FileInput
    default_error_messages = {
        "required": _("Choose a file"),
        "empty": _("The file you chose is empty. Choose another file."),
        "too_big": _("The file must be smaller than %(limit)s. Yours is %(given)s."),
        "invalid": _("The file did not arrive. Choose it again."),
        "missing": _("The file did not arrive. Choose it again."),
        "max_length": _("The name of the file is too long. Give it a shorter name."),
    }

    def __init__(
        self, *, kinds: Iterable[str] = tuple(KINDS), max_bytes: int = 20_000_000,
        shrink: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.kinds, self.max_bytes, self.shrink = tuple(kinds), max_bytes, shrink
        kwargs["help_text"] = _file_hint(kwargs.get("help_text", ""), self.kinds, max_bytes)
        super().__init__(**{"max_length": 255, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = ",".join(each for kind in self.kinds for each in KINDS[kind])
        extra = {"data-shrink": True} if self.shrink else {}
        return {"accept": accept, **extra, **super().widget_attrs(widget)}

    def to_python(self, data: Any) -> Any:
        data = super().to_python(data)
        if data and data.size >= self.max_bytes:
            self.fail("too_big", limit=_megabytes(self.max_bytes), given=_megabytes(data.size))
        return data


def _file_hint_now(own: Any, kinds: tuple[str, ...], max_bytes: int) -> str:
    listed = get_text_list([gettext(kind) for kind in kinds], gettext("or"))
    limits = gettext("%(kinds)s, smaller than %(limit)s") % {
        "kinds": listed, "limit": _megabytes(max_bytes),
    }  # fmt: skip
    return f"{own} {limits}".strip()


_file_hint = lazy(_file_hint_now, str)


def _megabytes(size: int) -> str:
    number = f"{size / 1_000_000:.1f}".removesuffix(".0")
    return gettext("%(number)s MB") % {"number": calendars.digits(number, get_language() or "en")}
