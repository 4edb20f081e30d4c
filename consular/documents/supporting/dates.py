"""Days that a text names, in any of our languages and both calendars. What could be two days is none."""

import datetime as dt
import re
from collections.abc import Iterator

from consular.lib.calendars import Calendar, NoSuchDay, guess, month_number, to_date
from consular.lib.text import latin_digits

YEARS = range(1900, 2200)
TWELVE = 12
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)?,? +(?:de +)?([^\W\d_]{3,15})\.?,? +(?:de +|del +)?(\d{4})(?!\d)"
)
NAMED_FIRST = re.compile(r"([^\W\d_]{3,15})\.? +(\d{1,2})(?:st|nd|rd|th)?, +(\d{4})(?!\d)")


def days_in(text: str) -> list[dt.date]:
    """Return the days that a text names, in no order, each once."""
    return list(dict.fromkeys(day for day in _days(latin_digits(text)) if day.year in YEARS))


def _days(text: str) -> Iterator[dt.date]:
    for year, _mark, month, day in YEAR_FIRST.findall(text):
        yield from _day(year, month, day)
    for first, mark, second, year in YEAR_LAST.findall(text):
        if mark == "." or int(first) > TWELVE or first == second:
            yield from _day(year, second, first)
        elif int(second) > TWELVE:
            yield from _day(year, first, second)
    for day, name, year in NAMED.findall(text):
        yield from _named(year, name, day)
    for name, day, year in NAMED_FIRST.findall(text):
        yield from _named(year, name, day)


def _day(year: str, month: str, day: str, calendar: Calendar | None = None) -> Iterator[dt.date]:
    try:
        yield to_date(int(year), int(month), int(day), calendar or guess(int(year), Calendar.GREGORIAN))
    except NoSuchDay:
        return


def _named(year: str, name: str, day: str) -> Iterator[dt.date]:
    if known := month_number(name):
        month, calendar = known
        yield from _day(year, str(month), day, calendar)
