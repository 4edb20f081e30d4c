"""Gregorian and Solar Hijri dates, their months' names, and the digits of languages. Pure."""

import datetime
import enum
import functools

import jdatetime
from babel import Locale
from babel.dates import format_date

from consular.lib.text import latin_digits, persian_letters, without_joiners


class Calendar(enum.StrEnum):
    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"


class NoSuchDay(ValueError):
    """A day, month or year that the calendar does not have; `part` says which."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


# A year in these ranges belongs to one calendar only, whatever the reader ticked.
_SOLAR_HIJRI_YEARS = range(1250, 1501)
_GREGORIAN_YEARS = range(1800, 2200)

_SOLAR_HIJRI_MONTHS = {
    "en": (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
        "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    ),
    "fa": (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
        "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ),
    "ar": (
        "فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور",
        "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند",
    ),
}  # fmt: skip
# The same months in Dari (Afghanistan) and in other spellings that people type.
_SOLAR_HIJRI_SPELLINGS = (
    ("حمل", "hamal"), ("ثور", "sawr"), ("جوزا", "jawza"), ("سرطان", "saratan"),
    ("اسد", "asad", "amordad", "امرداد"), ("سنبله", "sonbola"), ("میزان", "mizan"),
    ("عقرب", "aqrab"), ("قوس", "qaws"), ("جدی", "jadi", "day"), ("دلو", "dalw"),
    ("حوت", "hut", "espand", "اسپند"),
)  # fmt: skip

_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}


def digits(value: object, language: str) -> str:
    """`value` with 0-9 written in the digits of `language`."""
    own = _DIGITS.get(language[:2])
    return str(value).translate(str.maketrans("0123456789", own)) if own else str(value)


def guess(year: int, chosen: Calendar = Calendar.GREGORIAN) -> Calendar:
    """The calendar that `year` belongs to; `chosen` decides only where the year does not."""
    if year in _SOLAR_HIJRI_YEARS:
        return Calendar.SOLAR_HIJRI
    return Calendar.GREGORIAN if year in _GREGORIAN_YEARS else chosen


def to_date(year: int, month: int, day: int, calendar: Calendar) -> datetime.date:
    """The Gregorian date of a day in `calendar`; NoSuchDay tells which part is impossible."""
    if not 1 <= year <= 9300:
        raise NoSuchDay("year")
    if not 1 <= month <= 12:
        raise NoSuchDay("month")
    if not 1 <= day <= days_in_month(year, month, calendar):
        raise NoSuchDay("day")
    if calendar is Calendar.GREGORIAN:
        return datetime.date(year, month, day)
    return jdatetime.date(year, month, day).togregorian()


def solar_hijri(date: datetime.date) -> tuple[int, int, int]:
    """Year, month and day of `date` in the Solar Hijri calendar; dates from 0622-03-22 on."""
    local = jdatetime.date.fromgregorian(date=date)
    return local.year, local.month, local.day


def days_in_month(year: int, month: int, calendar: Calendar) -> int:
    if calendar is Calendar.GREGORIAN:
        return (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)).day
    if month <= 6:
        return 31
    return 30 if month < 12 or jdatetime.date(year, 1, 1).isleap() else 29


def month_name(month: int, calendar: Calendar, language: str) -> str:
    """Month 1-12 in words; Solar Hijri names in Latin letters where `language` uses them."""
    if calendar is Calendar.GREGORIAN:
        return str(Locale.parse(language).months["stand-alone"]["wide"][month])
    return _SOLAR_HIJRI_MONTHS.get(language, _SOLAR_HIJRI_MONTHS["en"])[month - 1]


def month_number(name: str) -> tuple[int, Calendar] | None:
    """A month typed in words, in any of our languages: its number and its calendar."""
    return _month_names().get(_folded(name))


@functools.cache
def _month_names() -> dict[str, tuple[int, Calendar]]:
    names = {}
    for number in range(1, 13):
        for name in _gregorian_names(number):
            names[_folded(name)] = (number, Calendar.GREGORIAN)
        for name in _solar_hijri_names(number):
            names[_folded(name)] = (number, Calendar.SOLAR_HIJRI)
    return names


def _gregorian_names(number: int) -> set[str]:
    forms = (Locale.parse(code).months[form] for code in ("en", "fa", "ar", "fr", "es")
             for form in ("format", "stand-alone"))  # fmt: skip
    return {months[width][number] for months in forms for width in ("wide", "abbreviated")}


def _solar_hijri_names(number: int) -> set[str]:
    own = {months[number - 1] for months in _SOLAR_HIJRI_MONTHS.values()}
    return own | set(_SOLAR_HIJRI_SPELLINGS[number - 1])


def _folded(name: str) -> str:
    return persian_letters(without_joiners(latin_digits(name))).strip(" .").casefold()


def in_words(date: datetime.date, language: str) -> str:
    """`date` in words, in the calendar and digits of `language`: 27 March 2026, ۷ فروردین ۱۴۰۵."""
    if language == "fa":
        return solar_hijri_in_words(date, language)
    return gregorian_in_words(date, language)


def gregorian_in_words(date: datetime.date, language: str) -> str:
    pattern = "d MMMM y"
    # CLDR's French and Spanish need their own order and particles.
    if language in {"fr", "es"}:
        return str(format_date(date, "long", locale=language))
    return digits(format_date(date, pattern, locale=language), language)


def solar_hijri_in_words(date: datetime.date, language: str) -> str:
    year, month, day = solar_hijri(date)
    name = month_name(month, Calendar.SOLAR_HIJRI, language)
    return digits(f"{day} {name} {year}", language)
