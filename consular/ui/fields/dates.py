"""Dates in three boxes, in the Gregorian or the Solar Hijri calendar."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NoReturn

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import calendars, text
from consular.lib.calendars import Calendar, NoSuchDay
from consular.ui import widgets
from consular.ui.fields.base import UiField, local

Bound = dt.date | Callable[[], dt.date] | None
LIKELY = (dt.date(1850, 1, 1), dt.date(2199, 12, 31))


class DateField(UiField):
    """A date; cleaned to a `datetime.date`.

    `past` and `future` both allow today. `not_before` and `not_after` are dates, or callables that
    give one when the form is checked. The calendar follows the year or the month's name where one
    of them settles it, else what was ticked. Months may be numbers or names.
    """

    widget: widgets.DateWidget = widgets.DateWidget  # type: ignore[assignment]
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "day_missing": _("%(label)s must include a day"),
        "month_missing": _("%(label)s must include a month"),
        "year_missing": _("%(label)s must include a year"),
        "day_invalid": _("The day of %(name)s must be a number from 1 to 31"),
        "month_invalid": _("The month of %(name)s must be a number from 1 to 12, or a name"),
        "year_invalid": _("The year of %(name)s must have 4 digits"),
        "no_such_day": _("There is no %(day)s %(month)s %(year)s: that month has %(days)s days"),
        "two_calendars": _("%(month)s and the year %(year)s belong to different calendars"),
        "unlikely": _("Check the year of %(name)s"),
        "past": _("%(label)s must be in the past"),
        "future": _("%(label)s must be in the future"),
        "not_before": _("%(label)s must be %(date)s or later"),
        "not_after": _("%(label)s must be %(date)s or earlier"),
    }

    def __init__(
        self,
        *,
        past: bool = False,
        future: bool = False,
        not_before: Bound = None,
        not_after: Bound = None,
        **kwargs: Any,
    ) -> None:
        self.past, self.future = past, future
        self.not_before, self.not_after = not_before, not_after
        hint = _("For example, 27 3 1985, or 7 1 1364 in the Solar Hijri calendar")
        super().__init__(**{"help_text": hint, **kwargs})
        self.widget.birthday = self.autocomplete == "bday"

    def clean(self, value: Any) -> dt.date | None:
        self.widget.wrong_parts = self.widget.parts
        cleaned: dt.date | None = super().clean(value)
        return cleaned

    def to_python(self, value: Any) -> dt.date | None:
        """Read a dictionary of the boxes as posted (see DateWidget), a date, or ISO text."""
        if isinstance(value, dt.date) or not value:
            return value or None
        typed = self.widget.format_value(value)
        boxes = {part: text.latin(text.tidy(typed.get(part, ""))) for part in self.widget.parts}
        return self.read(boxes, typed.get("calendar", "")) if any(boxes.values()) else None

    def read(self, boxes: dict[str, str], ticked: str) -> dt.date:
        for part in self.widget.parts:
            if not boxes[part]:
                self.fail_at(part, f"{part}_missing")
        day = self.number("day", boxes["day"])
        year = self.number("year", boxes["year"])
        chosen = Calendar(ticked) if ticked in set(Calendar) else Calendar.GREGORIAN
        month, calendar = self.month(boxes["month"], year, calendars.guess(year, chosen))
        return self.date(year, month, day, calendar)

    def number(self, part: str, typed: str) -> int:
        if not _SHAPES[part].fullmatch(typed):
            self.fail_at(part, f"{part}_invalid")
        return int(typed)

    def month(self, typed: str, year: int, calendar: Calendar) -> tuple[int, Calendar]:
        """Read a number, or a name, which settles the calendar unless the year contradicts it."""
        named = calendars.month_number(typed)
        if named is None:
            return self.number("month", typed), calendar
        if named[1] != calendars.guess(year, named[1]):
            self.fail("two_calendars", month=typed, year=local(year))
        return named

    def date(self, year: int, month: int, day: int, calendar: Calendar) -> dt.date:
        try:
            return calendars.to_date(year, month, day, calendar)
        except NoSuchDay as impossible:
            if impossible.part != "day":
                self.fail_at(impossible.part, f"{impossible.part}_invalid")
            name = calendars.month_name(month, calendar, get_language() or "en")
            days = calendars.days_in_month(year, month, calendar)
            self.fail_at("day", "no_such_day", day=local(day), month=name, year=local(year), days=local(days))

    def fail_at(self, part: str, code: str, **params: Any) -> NoReturn:
        """Fail, and mark only the box that is wrong."""
        self.widget.wrong_parts = (part,)
        self.fail(code, **params)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if not LIKELY[0] <= value <= LIKELY[1]:
            self.fail_at("year", "unlikely")
        self.check_today(value, timezone.localdate())
        self.check_bounds(value)

    def check_today(self, value: dt.date, today: dt.date) -> None:
        if self.past and value > today:
            self.fail("past")
        if self.future and value < today:
            self.fail("future")

    def check_bounds(self, value: dt.date) -> None:
        first, last = _resolved(self.not_before), _resolved(self.not_after)
        if first and value < first:
            self.fail("not_before", date=_in_words(first))
        if last and value > last:
            self.fail("not_after", date=_in_words(last))


_SHAPES = {
    "day": re.compile(r"0?[1-9]|[12][0-9]|3[01]"),
    "month": re.compile(r"0?[1-9]|1[0-2]"),
    "year": re.compile(r"[0-9]{4}"),
}


def _resolved(bound: Bound) -> dt.date | None:
    return bound() if callable(bound) else bound


def _in_words(date: dt.date) -> str:
    return calendars.in_words(date, get_language() or "en")
