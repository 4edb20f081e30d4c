"""Reading: what the lines of a zone say, and whether their check digits hold."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consular.lib.mrz.formats import (
    FILLER,
    Format,
    Lines,
    Place,
    check_digit,
    cut,
    digit_after,
    format_named,
    recognise_format,
    spaced,
)

SEXES = frozenset("MF<")
NAMES = re.compile(r"[A-Z<]+")
STATE = re.compile(r"[A-Z]{3}")
GERMANY = "D"


@dataclass(frozen=True)
class MRZ:
    """What a zone says. Dates that are unknown or impossible are None; `birth`, `expiry` are raw."""

    format: str
    lines: Lines
    code: str
    state: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str
    birth_on: dt.date | None
    sex: str
    expiry: str
    expires_on: dt.date | None
    optional: str
    checks: dict[str, bool] = field(hash=False)  # name of the check digit → does it hold
    names_may_be_cut: bool

    @property
    def valid(self) -> bool:
        """Every check digit holds and every field can be what it says."""
        return all(self.checks.values()) and not self.implausible

    @property
    def implausible(self) -> list[str]:
        """The names of the fields that cannot be right, whatever the check digits say."""
        tests = {
            "state": is_state(self.state),
            "nationality": is_state(self.nationality),
            "number": bool(self.number) and not self.number.startswith(FILLER),
            "names": bool(self.surname) and bool(NAMES.fullmatch(self.name_field)),
            "birth": self.birth_on is not None or is_unknown_date(self.birth),
            "sex": self.sex in SEXES,
            "expiry": self.expires_on is not None or self.expiry == FILLER * 6,
        }
        return [name for name, holds in tests.items() if not holds]

    @property
    def name_field(self) -> str:
        """The name field as it stands."""
        return cut(self.lines, format_named(self.format).names)

    @property
    def name(self) -> str:
        """Surname and given names, one space apart."""
        return f"{self.surname} {self.given_names}".strip()


def parse(lines: Sequence[str], *, today: dt.date) -> MRZ:
    """Return the zone that `lines` (a sequence, or one string with line breaks) spell.

    Raises MRZError unless number and length of the lines, the alphabet and the document code are
    those of a format. Check digits that fail are reported in `checks`, not raised.
    `today` settles centuries: nobody is born after it, and an expiry lies within 50 years of it.
    """
    lines = tuple(lines.split() if isinstance(lines, str) else lines)
    form = recognise_format(lines)
    number, rest = read_number(form, lines)
    surname, given_names = read_names(cut(lines, form.names))
    birth, expiry = cut(lines, form.birth), cut(lines, form.expiry)
    return MRZ(
        format=form.name,
        lines=lines,
        code=lines[0][:2].rstrip(FILLER),
        state=lines[0][2:5].rstrip(FILLER),
        surname=surname,
        given_names=given_names,
        number=number,
        nationality=cut(lines, form.nationality).rstrip(FILLER),
        birth=birth,
        birth_on=birth_date(birth, today),
        sex=cut(lines, form.sex),
        expiry=expiry,
        expires_on=expiry_date(expiry, today),
        optional=rest,
        checks=check_digits(form, lines),
        names_may_be_cut=not cut(lines, form.names).endswith(FILLER),
    )


def read_number(form: Format, lines: Lines) -> tuple[str, str]:
    """(document number, optional data), the number put together where it runs over 9 characters."""
    number, digit = cut(lines, form.number), digit_after(lines, form.number)
    optional = [cut(lines, place).rstrip(FILLER) for place in form.optional]
    if form.long_number and digit == FILLER and optional[0]:
        more, _, after = optional[0].partition(FILLER)
        number, optional[0] = number + more[:-1], after.strip(FILLER)
    return number.rstrip(FILLER), FILLER.join(part for part in optional if part)


def read_names(text: str) -> tuple[str, str]:
    """(surname, given names) of a name field, the parts one space apart."""
    surname, _, given_names = text.partition(FILLER * 2)
    return spaced(surname), spaced(given_names)


def check_digits(form: Format, lines: Lines) -> dict[str, bool]:
    """For every check digit of the format, by name, whether it holds."""
    checks = {
        "number": number_check_holds(form, lines),
        "birth": _holds(lines, form.birth),
        "expiry": _holds(lines, form.expiry),
    }
    if form.optional_digit:
        checks["optional"] = optional_check_holds(form.optional_digit, form, lines)
    if form.composite_digit:
        text = "".join(cut(lines, place) for place in form.composite)
        checks["composite"] = check_digit(text) == cut(lines, form.composite_digit)
    return checks


def _holds(lines: Lines, place: Place) -> bool:
    return check_digit(cut(lines, place)) == digit_after(lines, place)


def number_check_holds(form: Format, lines: Lines) -> bool:
    """Return the number's digit; for a long number it is the last character before the first filler."""
    if form.long_number and digit_after(lines, form.number) == FILLER:
        more, _, _ = cut(lines, form.optional[0]).partition(FILLER)
        whole = cut(lines, form.number) + more[:-1]
        return bool(more) and check_digit(whole) == more[-1]
    return _holds(lines, form.number)


def optional_check_holds(place: Place, form: Format, lines: Lines) -> bool:
    """Tell whether the optional data's digit holds; an empty field may have the filler instead of the digit 0."""
    text, digit = cut(lines, form.optional[0]), cut(lines, place)
    return digit == check_digit(text) or (not text.strip(FILLER) and digit == FILLER)


def is_state(text: str) -> bool:
    """Tell whether this may be a state's code: three letters, or Germany's one."""
    return text == GERMANY or bool(STATE.fullmatch(text))


# Dates ---------------------------------------------------------------------------------------


def is_unknown_date(text: str) -> bool:
    """Return a birth date of which month or day or all is unknown, written with fillers."""
    year, month, day = text[:2], text[2:4], text[4:]
    pairs_are_whole = all(pair == FILLER * 2 or pair.isdigit() for pair in (year, month, day))
    if not pairs_are_whole or FILLER not in text:
        return False
    return month == FILLER * 2 or ("01" <= month <= "12" and year != FILLER * 2)


def birth_date(text: str, today: dt.date) -> dt.date | None:
    """Return the date of six digits yymmdd, the latest that is not after `today`; None if not whole."""
    born = dates_of(text, today)
    return max((date for date in born if date <= today), default=None)


def expiry_date(text: str, today: dt.date) -> dt.date | None:
    """Return the date of six digits yymmdd within 50 years of `today`; None if not a date."""
    return min(dates_of(text, today), key=lambda date: abs(date - today), default=None)


def dates_of(text: str, today: dt.date) -> list[dt.date]:
    """Return the dates that yymmdd may mean in this century, the last and the next."""
    if not (text.isdigit() and text.isascii()):
        return []
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    century = today.year // 100 * 100
    years = (century + shift + year for shift in (-100, 0, 100))
    return [date for date in (date_or_none(y, month, day) for y in years) if date]


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
