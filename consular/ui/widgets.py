"""Widgets with GOV.UK markup. Each renders whatever was posted, valid or not, without JavaScript."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import calendars, text
from consular.lib.calendars import Calendar


def _echo(value: Any) -> str | None:
    return None if value is None or value == "" else text.shown(str(value))


class TextInput(forms.TextInput):
    template_name = "ui/widgets/input.html"

    def format_value(self, value: Any) -> str | None:
        return _echo(value)


class EmailInput(TextInput):
    input_type = "email"


class TelInput(TextInput):
    input_type = "tel"


class PasswordInput(forms.PasswordInput):
    template_name = "ui/widgets/input.html"


class Textarea(forms.Textarea):
    template_name = "ui/widgets/textarea.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"cols": None, "rows": 5, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return _echo(value)


class Select(forms.Select):
    """A native select. A value that is no longer among the choices stays visible and selected."""

    template_name = "ui/widgets/select.html"

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        known = {str(option["value"]) for _, options, _ in groups for option in options}
        strange = [each for each in value if each and each not in known]
        for each in strange:
            option = self.create_option(name, text.shown(each), text.shown(each), True, len(groups))
            groups.append((None, [option], len(groups)))
        return groups


class RadioSelect(forms.RadioSelect):
    """Radios; `hints` maps a choice's value to a line below its label."""

    template_name = "ui/widgets/radios.html"
    option_template_name = "ui/widgets/radio_option.html"
    inline = False
    small = False

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *,
        inline: bool = False, small: bool = False, hints: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(attrs, choices)
        self.inline, self.small, self.hints = inline, small, hints or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(inline=self.inline, small=self.small)
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first radio carries the field's own id, so that the error summary can link to it."""
        return id_ if index in (None, "0") else f"{id_}_{index}"


class CheckboxSelectMultiple(forms.CheckboxSelectMultiple):
    template_name = "ui/widgets/checkboxes.html"
    option_template_name = "ui/widgets/checkbox_option.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *,
        small: bool = False, hints: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(attrs, choices)
        self.small, self.hints = small, hints or {}

    get_context = RadioSelect.get_context
    create_option = RadioSelect.create_option
    id_for_label = RadioSelect.id_for_label
    inline = False


class CheckboxInput(forms.CheckboxInput):
    """One checkbox with its label beside it."""

    template_name = "ui/widgets/checkbox.html"


class FileInput(forms.FileInput):
    """A plain file input: no `capture`, which would hide the phone's gallery."""

    template_name = "ui/widgets/file.html"


class DateWidget(forms.Widget):
    """Day, month and year in boxes, and the calendar they are in.

    The value is a dictionary with the keys day, month, year and calendar, all strings as typed;
    a date (or its ISO text) is taken too and shown in the calendar of the reader's language.
    """

    template_name = "ui/widgets/date.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}_{part}", "") for part in (*self.parts, "calendar")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def format_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return {key: text.shown(str(part or "")) for key, part in value.items()}
        date = _as_date(value)
        return _typed(date) if date else {"calendar": default_calendar()}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed, id_ = context["widget"]["value"], context["widget"]["attrs"].get("id", f"id_{name}")
        wrong = self.attrs.get("wrong_parts", self.parts)
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{part}", "id": f"{id_}_{part}", "part": part,
                "label": PART_LABELS[part], "value": typed.get(part, ""), "wrong": part in wrong,
            }
            for part in self.parts
        ]  # fmt: skip
        context["widget"]["calendars"] = _calendar_options(typed.get("calendar", ""))
        return context


PART_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
CALENDAR_LABELS = {
    Calendar.GREGORIAN: _("Gregorian calendar"),
    Calendar.SOLAR_HIJRI: _("Solar Hijri calendar"),
}


def default_calendar() -> str:
    """The calendar ticked before anything is typed."""
    persian = (get_language() or "en").startswith("fa")
    return Calendar.SOLAR_HIJRI if persian else Calendar.GREGORIAN


def _calendar_options(chosen: str) -> list[dict[str, Any]]:
    chosen = chosen if chosen in set(Calendar) else default_calendar()
    return [
        {"value": each.value, "label": CALENDAR_LABELS[each], "checked": each == chosen}
        for each in Calendar
    ]


def _as_date(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def _typed(date: datetime.date) -> dict[str, str]:
    """A date as its holder would type it in the reader's calendar and digits."""
    calendar, language = default_calendar(), get_language() or "en"
    year, month, day = (date.year, date.month, date.day)
    if calendar == Calendar.SOLAR_HIJRI:
        year, month, day = calendars.solar_hijri(date)
    boxes = {"day": day, "month": month, "year": year}
    own = {part: calendars.digits(number, language) for part, number in boxes.items()}
    return {**own, "calendar": calendar}
