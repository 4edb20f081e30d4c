"""Gregorian and Solar Hijri dates, the names of months, and the digits of languages. Pure."""

# ruff: noqa: SIM905  Twelve names on one line are read at a glance

import datetime as dt
import enum
import functools

import jdatetime
from babel import Locale
from babel.dates import format_date

from consular.lib.text import latin_digits, persian_letters, without_joiners


class Calendar(enum.StrEnum):
    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"


class NoSuchDay(ValueError):  # noqa: N818  It is what it says
    """A day, month or year that the calendar does not have; `part` says which."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


# Years in these ranges belong to one calendar only, whatever the reader ticked.
SOLAR_HIJRI_YEARS = range(1250, 1501)
GREGORIAN_YEARS = range(1800, 2200)
LAST_YEAR = 9300  # jdatetime converts no later ones

LANGUAGES = ("en", "fa", "ar", "fr", "es")
_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}

_SOLAR_HIJRI_MONTHS = {
    "en": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split(),
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
    "ar": "فروردين أرديبهشت خرداد تير مرداد شهريور مهر آبان آذر دي بهمن إسفند".split(),
}
# The same twelve as Afghanistan names them, and other spellings that people type.
_OTHER_SPELLINGS = (
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split(),
    "Hamal Sawr Jawza Saratan Asad Sonbola Mizan Aqrab Qaws Jadi Dalw Hut".split(),
    "Farvardin Ordibehesht Khordad Tir Amordad Shahrivar Mehr Aban Azar Day Bahman Espand".split(),
    "فروردین اردی‌بهشت خرداد تیر امرداد شهریور مهر ابان اذر دی بهمن اسپند".split(),
)


def digits(value: object, language: str) -> str:
    """Write `value` with the digits of `language` in place of 0-9."""
    own = _DIGITS.get(language[:2])
    return str(value).translate(str.maketrans("0123456789", own)) if own else str(value)


def guess(year: int, chosen: Calendar) -> Calendar:
    """Tell which calendar `year` belongs to; `chosen` decides only where the year does not."""
    if year in SOLAR_HIJRI_YEARS:
        return Calendar.SOLAR_HIJRI
    return Calendar.GREGORIAN if year in GREGORIAN_YEARS else chosen


def to_date(year: int, month: int, day: int, calendar: Calendar) -> dt.date:
    """Convert a day of `calendar` to a date; NoSuchDay tells which part is impossible."""
    if not 1 <= year <= LAST_YEAR:
        raise NoSuchDay("year")
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise NoSuchDay("month")
    if not 1 <= day <= days_in_month(year, month, calendar):
        raise NoSuchDay("day")
    if calendar is Calendar.GREGORIAN:
        return dt.date(year, month, day)
    gregorian: dt.date = jdatetime.date(year, month, day).togregorian()
    return gregorian


def solar_hijri(date: dt.date) -> tuple[int, int, int]:
    """Convert `date` to year, month and day of the Solar Hijri calendar; from 0622-03-22 on."""
    local = jdatetime.date.fromgregorian(date=date)
    return local.year, local.month, local.day


def days_in_month(year: int, month: int, calendar: Calendar) -> int:
    if calendar is Calendar.GREGORIAN:
        return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).day
    lengths = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29 + jdatetime.date(year, 1, 1).isleap())
    return lengths[month - 1]


def month_name(month: int, calendar: Calendar, language: str) -> str:
    """Name month 1-12; the Solar Hijri names are in Latin letters where the language is."""
    if calendar is Calendar.GREGORIAN:
        return str(Locale.parse(language).months["stand-alone"]["wide"][month])
    return _SOLAR_HIJRI_MONTHS.get(language, _SOLAR_HIJRI_MONTHS["en"])[month - 1]


def month_number(name: str) -> tuple[int, Calendar] | None:
    """Find a month that was typed in words, in any of our languages: its number and calendar."""
    return _month_names().get(_folded(name))


@functools.cache
def _month_names() -> dict[str, tuple[int, Calendar]]:
    gregorian = {
        _folded(name): (number, Calendar.GREGORIAN)
        for language in LANGUAGES
        for widths in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in widths[width].items()
    }
    solar_hijri_names = {
        _folded(name): (number, Calendar.SOLAR_HIJRI)
        for months in (*_OTHER_SPELLINGS, *_SOLAR_HIJRI_MONTHS.values())
        for number, name in enumerate(months, 1)
    }
    return gregorian | solar_hijri_names


def _folded(name: str) -> str:
    return persian_letters(without_joiners(latin_digits(name))).strip(" .").casefold()


def in_words(date: dt.date, language: str) -> str:
    """Write `date` in the calendar and digits of `language`: 27 March 2026, ۷ فروردین ۱۴۰۵."""
    if language == "fa":
        return solar_hijri_in_words(date, language)
    return gregorian_in_words(date, language)


def gregorian_in_words(date: dt.date, language: str) -> str:
    """Write `date` in the Gregorian calendar; French and Spanish keep their own particles, French its 1er."""
    pattern = "long" if language in {"fr", "es"} else "d MMMM y"
    if language == "fr" and date.day == 1:
        pattern = "d'er' MMMM y"
    return digits(format_date(date, pattern, locale=language), language)


def solar_hijri_in_words(date: dt.date, language: str) -> str:
    year, month, day = solar_hijri(date)
    return digits(f"{day} {month_name(month, Calendar.SOLAR_HIJRI, language)} {year}", language)
