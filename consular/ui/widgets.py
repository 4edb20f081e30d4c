"""Widgets with GOV.UK markup. Each renders whatever was posted, valid or not, without JavaScript."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import calendars, text
from consular.lib.calendars import Calendar

Attrs = dict[str, Any] | None


class EchoMixin(forms.Widget):
    """Shows what was typed, with a visible � where a character cannot be seen."""

    def format_value(self, value: Any) -> str | None:
        return None if value is None or value == "" else text.shown(str(value))


class TextInput(EchoMixin, forms.TextInput):
    template_name = "ui/widgets/input.html"


class EmailInput(TextInput):
    input_type = "email"


class TelInput(TextInput):
    input_type = "tel"


class PasswordInput(forms.PasswordInput):
    """Never rendered with what was typed."""

    template_name = "ui/widgets/input.html"


class Textarea(EchoMixin, forms.Textarea):
    template_name = "ui/widgets/textarea.html"

    def __init__(self, attrs: Attrs = None) -> None:
        super().__init__({"cols": None, "rows": 5, **(attrs or {})})


class Select(forms.Select):
    """A native select. A value that is no longer among the choices stays visible and selected."""

    template_name = "ui/widgets/select.html"

    def optgroups(self, name: str, value: list[str], attrs: Attrs = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        known = {str(option["value"]) for _, options, _ in groups for option in options}
        for strange in (text.shown(each) for each in value if each and each not in known):
            option = self.create_option(name, strange, strange, selected=True, index=len(groups))
            groups.append((None, [option], len(groups)))
        return groups


class NameSelect(Select):
    """A native select that sends what the chosen option says: the codes of a long list are a tenth of its page."""

    template_name = "ui/widgets/name_select.html"


class OptionsMixin(forms.widgets.ChoiceWidget):
    """Radios or checkboxes: `hints` maps a choice's value to a line below its label.

    `inline` puts them beside each other, for two or three short ones; `small` makes them small. `reveals` maps a
    radio's value to the field that stands under it: without the script always, with it while the radio is ticked.
    """

    def __init__(
        self, attrs: Attrs = None, choices: Any = (), *,
        inline: bool = False, small: bool = False, hints: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(attrs, choices)
        self.inline, self.small, self.hints = inline, small, hints or {}
        self.reveals: dict[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(inline=self.inline, small=self.small, reveals=self.reveals)
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        option["reveals"] = self.reveals.get(str(value))
        return option

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Give the first option the field's own id, so that the error summary can link to it."""
        return id_ if index in (None, "0", "0_0") else f"{id_}_{index}"


class RadioSelect(OptionsMixin, forms.RadioSelect):
    template_name = "ui/widgets/radios.html"
    option_template_name = "ui/widgets/radio_option.html"


class CheckboxSelectMultiple(OptionsMixin, forms.CheckboxSelectMultiple):
    template_name = "ui/widgets/checkboxes.html"
    option_template_name = "ui/widgets/checkbox_option.html"


class CheckboxInput(forms.CheckboxInput):
    """One checkbox; the field's template puts the label beside it."""

    template_name = "ui/widgets/checkbox.html"


class FileInput(forms.FileInput):
    """A plain file input: no `capture`, which would hide the phone's gallery."""

    template_name = "ui/widgets/file.html"


PART_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
CALENDAR_LABELS = {
    Calendar.GREGORIAN: _("Gregorian"),
    Calendar.SOLAR_HIJRI: _("Solar Hijri"),
}


class DateWidget(forms.Widget):
    """Day, month and year in boxes, and the calendar they are in.

    The value is a dictionary with the keys day, month, year and calendar, all strings as typed;
    a date (or its ISO text) is taken too and shown in the calendar of the reader's language.
    """

    template_name = "ui/widgets/date.html"
    use_fieldset = True
    parts = ("day", "month", "year")
    wrong_parts: tuple[str, ...] = parts
    birthday = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}_{part}", "") for part in (*self.parts, "calendar")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Lead the error summary to the first box that is wrong."""
        return f"{id_}_{self.wrong_parts[0]}" if id_ else id_

    def format_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return {key: text.shown(str(part or "")) for key, part in value.items()}
        date = _as_date(value)
        return _typed(date) if date else {}

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        id_ = widget["attrs"].setdefault("id", f"id_{name}")
        widget["boxes"] = [self.box(part, name, id_, widget) for part in self.parts]
        widget["calendars"] = _calendar_options(widget["value"].get("calendar", ""))
        return context

    def box(self, part: str, name: str, id_: str, widget: dict[str, Any]) -> dict[str, Any]:
        invalid = widget["attrs"].get("aria-invalid") == "true"
        return {
            "name": f"{name}_{part}",
            "id": f"{id_}_{part}",
            "label": PART_LABELS[part],
            "value": widget["value"].get(part, ""),
            "wrong": invalid and part in self.wrong_parts,
            "width": {"day": 2, "month": 5, "year": 4}[part],
            # A month may be a word, so its keyboard has letters.
            "inputmode": "" if part == "month" else "numeric",
            "autocomplete": f"bday-{part}" if self.birthday else "",
        }


class MoneyWidget(forms.Widget):
    """An amount and its currency; only the amount, with a sign beside it, where one currency is offered.

    The value is a dictionary with the keys amount and currency, as typed or as cleaned.
    """

    template_name = "ui/widgets/money.html"
    offered: Sequence[tuple[str, str]] = ()

    @property
    def is_single(self) -> bool:
        return len(self.offered) == 1

    @property
    def use_fieldset(self) -> bool:  # type: ignore[override]
        return not self.is_single

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}_{part}", "") for part in ("amount", "currency")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_amount" not in data

    def format_value(self, value: Any) -> dict[str, str]:
        typed = value if isinstance(value, dict) else {"amount": value}
        return {part: text.shown(str(typed.get(part) or "")) for part in ("amount", "currency")}

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known, chosen = dict(self.offered), context["widget"]["value"]["currency"]
        strange = [(chosen, chosen)] if chosen and chosen not in known and not self.is_single else []
        context["widget"]["offered"] = [*self.offered, *strange]
        context["widget"]["is_single"] = self.is_single
        return context


def default_calendar() -> Calendar:
    """Choose the calendar that is ticked before anything is typed."""
    persian = (get_language() or "en").startswith("fa")
    return Calendar.SOLAR_HIJRI if persian else Calendar.GREGORIAN


def _calendar_options(chosen: str) -> list[dict[str, Any]]:
    ticked = chosen if chosen in set(Calendar) else default_calendar()
    return [
        {"value": each.value, "label": CALENDAR_LABELS[each], "checked": each == ticked} for each in Calendar
    ]


def _as_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def _typed(date: dt.date) -> dict[str, str]:
    """Write a date as its holder would type it, in the reader's calendar and digits."""
    calendar, language = default_calendar(), get_language() or "en"
    year, month, day = date.year, date.month, date.day
    if calendar is Calendar.SOLAR_HIJRI:
        year, month, day = calendars.solar_hijri(date)
    boxes = {"day": day, "month": month, "year": year}
    own = {part: calendars.digits(number, language) for part, number in boxes.items()}
    return {**own, "calendar": calendar.value}
