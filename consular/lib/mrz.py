"""Machine-readable zones after ICAO Doc 9303, parts 3 to 7: reading, checking, writing.

Formats: TD1 (3 lines of 30, cards), TD2 (2 × 36), TD3 (2 × 44, passports), MRV-A (2 × 44) and
MRV-B (2 × 36, visas). `parse` is strict about the form and tells which check digits hold;
whoever reads from a picture decides on `MRZ.valid`. No models, no Django.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from consular.lib.transliteration import spellings, transliterate

__all__ = [
    "MRZ",
    "Format",
    "MRZError",
    "check_digit",
    "mrv_a",
    "mrv_b",
    "name_field",
    "names_agree",
    "parse",
    "td1",
    "td2",
    "td3",
    "transliterate",
]

Lines = tuple[str, ...]
Place = tuple[int, int, int]  # line, first column, column after the last, from 0

FILLER = "<"
WEIGHTS = (7, 3, 1)
VALUES = {FILLER: 0} | {c: v for v, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
SEXES = frozenset("MF<")
LINE = re.compile(r"[A-Z0-9<]+")
NAMES = re.compile(r"[A-Z<]+")
STATE = re.compile(r"[A-Z]{3}")
GERMANY = "D"


class MRZError(ValueError):
    """The lines are not a machine-readable zone, or the values do not fit into one."""


@dataclass(frozen=True)
class Format:
    """Where everything stands."""

    name: str
    lines: int
    length: int
    kinds: str  # first letters that this format's document code may have
    names: Place
    number: Place
    nationality: Place
    birth: Place
    sex: Place
    expiry: Place
    optional: tuple[Place, ...]
    optional_digit: Place | None = None
    composite: tuple[Place, ...] = ()
    composite_digit: Place | None = None
    long_number: bool = False  # a number of more than 9 characters goes on in the optional data


def _two_lines(name: str, length: int, kinds: str, **more: Any) -> Format:
    """Return the common shape of every format with two lines."""
    return Format(
        name,
        2,
        length,
        kinds,
        names=(0, 5, length),
        number=(1, 0, 9),
        nationality=(1, 10, 13),
        birth=(1, 13, 19),
        sex=(1, 20, 21),
        expiry=(1, 21, 27),
        **more,
    )


TD3 = _two_lines(
    "TD3",
    44,
    "P",
    optional=((1, 28, 42),),
    optional_digit=(1, 42, 43),
    composite=((1, 0, 10), (1, 13, 20), (1, 21, 43)),
    composite_digit=(1, 43, 44),
)
TD2 = _two_lines(
    "TD2",
    36,
    "ACI",
    optional=((1, 28, 35),),
    composite=((1, 0, 10), (1, 13, 20), (1, 21, 35)),
    composite_digit=(1, 35, 36),
    long_number=True,
)
MRV_A = _two_lines("MRV-A", 44, "V", optional=((1, 28, 44),))
MRV_B = _two_lines("MRV-B", 36, "V", optional=((1, 28, 36),))
TD1 = Format(
    "TD1",
    3,
    30,
    "ACI",
    names=(2, 0, 30),
    number=(0, 5, 14),
    nationality=(1, 15, 18),
    birth=(1, 0, 6),
    sex=(1, 7, 8),
    expiry=(1, 8, 14),
    optional=((0, 15, 30), (1, 18, 29)),
    composite=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    composite_digit=(1, 29, 30),
    long_number=True,
)
FORMATS = (TD3, TD1, TD2, MRV_A, MRV_B)


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
            "number": bool(self.number),
            "names": bool(self.surname) and bool(NAMES.fullmatch(self.name_field)),
            "birth": self.birth_on is not None or is_unknown_date(self.birth),
            "sex": self.sex in SEXES,
            "expiry": self.expires_on is not None or self.expiry == FILLER * 6,
        }
        return [name for name, holds in tests.items() if not holds]

    @property
    def name_field(self) -> str:
        """The name field as it stands."""
        return _cut(self.lines, _format_named(self.format).names)

    @property
    def name(self) -> str:
        """Surname and given names, one space apart."""
        return f"{self.surname} {self.given_names}".strip()


def check_digit(text: str) -> str:
    """Return the check digit of a field: weights 7, 3, 1; letters count from A = 10, the filler 0.

    >>> check_digit("L898902C<")
    '3'
    """
    try:
        weighted = zip(text, itertools.cycle(WEIGHTS), strict=False)
        return str(sum(VALUES[character] * weight for character, weight in weighted) % 10)
    except KeyError as error:
        raise MRZError(f"{error.args[0]!r} cannot stand in a machine-readable zone") from None


# Reading -------------------------------------------------------------------------------------


def parse(lines: Sequence[str], *, today: dt.date) -> MRZ:
    """Return the zone that `lines` (a sequence, or one string with line breaks) spell.

    Raises MRZError unless number and length of the lines, the alphabet and the document code are
    those of a format. Check digits that fail are reported in `checks`, not raised.
    `today` settles centuries: nobody is born after it, and an expiry lies within 50 years of it.
    """
    lines = tuple(lines.split() if isinstance(lines, str) else lines)
    form = recognise_format(lines)
    number, rest = read_number(form, lines)
    surname, given_names = read_names(_cut(lines, form.names))
    birth, expiry = _cut(lines, form.birth), _cut(lines, form.expiry)
    return MRZ(
        format=form.name,
        lines=lines,
        code=lines[0][:2].rstrip(FILLER),
        state=lines[0][2:5].rstrip(FILLER),
        surname=surname,
        given_names=given_names,
        number=number,
        nationality=_cut(lines, form.nationality).rstrip(FILLER),
        birth=birth,
        birth_on=birth_date(birth, today),
        sex=_cut(lines, form.sex),
        expiry=expiry,
        expires_on=expiry_date(expiry, today),
        optional=rest,
        checks=check_digits(form, lines),
        names_may_be_cut=not _cut(lines, form.names).endswith(FILLER),
    )


def recognise_format(lines: Lines) -> Format:
    """Return the Format that these lines have; MRZError when they have none."""
    for form in FORMATS:
        if has_form(form, lines):
            return form
    raise MRZError("not the lines of a machine-readable zone")


def has_form(form: Format, lines: Lines) -> bool:
    """Tell whether number, length, alphabet and document code are those of the format."""
    return (
        [len(line) for line in lines] == [form.length] * form.lines
        and all(LINE.fullmatch(line) for line in lines)
        and lines[0][0] in form.kinds
    )


def _format_named(name: str) -> Format:
    return next(form for form in FORMATS if form.name == name)


def _cut(lines: Lines, place: Place) -> str:
    line, first, end = place
    return lines[line][first:end]


def _digit_after(lines: Lines, place: Place) -> str:
    line, _, end = place
    return lines[line][end]


def read_number(form: Format, lines: Lines) -> tuple[str, str]:
    """(document number, optional data), the number put together where it runs over 9 characters."""
    number, digit = _cut(lines, form.number), _digit_after(lines, form.number)
    optional = [_cut(lines, place).rstrip(FILLER) for place in form.optional]
    if form.long_number and digit == FILLER and optional[0]:
        more, _, after = optional[0].partition(FILLER)
        number, optional[0] = number + more[:-1], after.strip(FILLER)
    return number.rstrip(FILLER), FILLER.join(part for part in optional if part)


def read_names(text: str) -> tuple[str, str]:
    """(surname, given names) of a name field, the parts one space apart."""
    surname, _, given_names = text.partition(FILLER * 2)
    return spaced(surname), spaced(given_names)


def spaced(text: str) -> str:
    """Put one space where fillers stand."""
    return " ".join(text.replace(FILLER, " ").split())


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
        text = "".join(_cut(lines, place) for place in form.composite)
        checks["composite"] = check_digit(text) == _cut(lines, form.composite_digit)
    return checks


def _holds(lines: Lines, place: Place) -> bool:
    return check_digit(_cut(lines, place)) == _digit_after(lines, place)


def number_check_holds(form: Format, lines: Lines) -> bool:
    """Return the number's digit; for a long number it is the last character before the first filler."""
    if form.long_number and _digit_after(lines, form.number) == FILLER:
        more, _, _ = _cut(lines, form.optional[0]).partition(FILLER)
        whole = _cut(lines, form.number) + more[:-1]
        return bool(more) and check_digit(whole) == more[-1]
    return _holds(lines, form.number)


def optional_check_holds(place: Place, form: Format, lines: Lines) -> bool:
    """Tell whether the optional data's digit holds; an empty field may have the filler instead of the digit 0."""
    text, digit = _cut(lines, form.optional[0]), _cut(lines, place)
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


# Writing -------------------------------------------------------------------------------------


def td3(*, code: str = "P", optional: str = "", **values: Any) -> tuple[str, str]:
    """Both lines of a passport. Values as for `two_lines`; `optional` is the personal number."""
    first, second = two_lines(TD3, code=code, **values)
    optional = data_field(optional, 14)
    second += optional + (check_digit(optional) if optional.strip(FILLER) else FILLER)
    return first, second + _composite(TD3, (first, second))


def td2(*, code: str = "I", optional: str = "", **values: Any) -> tuple[str, str]:
    """Both lines of a card of size TD2."""
    first, second = two_lines(TD2, code=code, **values)
    second += data_field(optional, 7)
    return first, second + _composite(TD2, (first, second))


def td1(  # noqa: PLR0913 - one keyword for each field of the card
    *,
    code: str = "I",
    state: str,
    surname: str,
    given_names: str = "",
    number: str,
    nationality: str,
    birth: dt.date | str | None,
    sex: str,
    expiry: dt.date | str | None,
    optional: str = "",
    optional_2: str = "",
) -> tuple[str, str, str]:
    """Return the three lines of a card of size TD1."""
    first = code.ljust(2, FILLER) + data_field(state, 3) + with_digit(data_field(number, 9))
    first += data_field(optional, 15)
    second = with_digit(date_field(birth)) + sex_field(sex) + with_digit(date_field(expiry))
    second += data_field(nationality, 3) + data_field(optional_2, 11)
    third = name_field(surname, given_names, 30)
    return first, second + _composite(TD1, (first, second)), third


def mrv_a(*, code: str = "V", optional: str = "", **values: Any) -> tuple[str, str]:
    """Both lines of 44 of a visa (Doc 9303-7, format A); values as for `two_lines`."""
    first, second = two_lines(MRV_A, code=code, **values)
    return first, second + data_field(optional, 16)


def mrv_b(*, code: str = "V", optional: str = "", **values: Any) -> tuple[str, str]:
    """Both lines of 36 of a visa (Doc 9303-7, format B); values as for `two_lines`."""
    first, second = two_lines(MRV_B, code=code, **values)
    return first, second + data_field(optional, 8)


def two_lines(  # noqa: PLR0913 - one keyword for each field of the document
    form: Format,
    *,
    code: str,
    state: str,
    surname: str,
    given_names: str = "",
    number: str,
    nationality: str,
    birth: dt.date | str | None,
    sex: str,
    expiry: dt.date | str | None,
) -> tuple[str, str]:
    """Return the first line, and the second up to the optional data.

    state, nationality: codes of 1 to 3 letters; number: up to 9 characters; birth: a date, or six
    characters yymmdd with fillers for what is unknown; sex: M, F or anything else for unspecified;
    expiry: a date (of a visa: valid until). Names in any script of the tables of Doc 9303-3.
    """
    first = code.ljust(2, FILLER) + data_field(state, 3)
    first += name_field(surname, given_names, form.length - 5)
    second = with_digit(data_field(number, 9)) + data_field(nationality, 3)
    second += with_digit(date_field(birth)) + sex_field(sex) + with_digit(date_field(expiry))
    return first, second


def with_digit(text: str) -> str:
    return text + check_digit(text)


def _composite(form: Format, lines: Lines) -> str:
    return check_digit("".join(_cut(lines, place) for place in form.composite))


def data_field(text: str, length: int) -> str:
    """Letters and digits in capitals, anything else a filler, filled up to `length`."""
    written = re.sub(r"[^A-Z0-9]", FILLER, str(text).upper()) if text else ""
    if len(written) > length:
        raise MRZError(f"longer than {length} characters")
    return written.ljust(length, FILLER)


def date_field(value: dt.date | str | None) -> str:
    """Write a date as yymmdd; six digits and fillers pass as they are; None is unknown."""
    if value is None:
        return FILLER * 6
    if isinstance(value, dt.date):
        return f"{value:%y%m%d}"
    if not re.fullmatch(r"[0-9<]{6}", value):
        raise MRZError("a date is yymmdd")
    return value


def sex_field(value: str) -> str:
    return value if value in ("M", "F") else FILLER


# Names ---------------------------------------------------------------------------------------


def name_field(surname: str, given_names: str, length: int) -> str:
    """Return the name field: SURNAME<<GIVEN<NAMES, cut by the rules of Doc 9303 where it is too long.

    Every part keeps at least its first letter as long as there is room, later parts give way
    first, the surname leaves room for the first letter of the given names, and a field that was
    cut ends with a letter, which tells that it may have been.
    """
    first, second = transliterate(surname).split(), transliterate(given_names).split()
    if not first:
        first, second = second, []
    if not first:
        raise MRZError("a name needs at least one letter of a known script")
    if not second:
        return squeeze(first, length).ljust(length, FILLER)
    written = squeeze(first, length - 3) + FILLER * 2
    return (written + squeeze(second, length - len(written))).ljust(length, FILLER)


def squeeze(parts: list[str], room: int) -> str:
    """Parts joined by fillers in at most `room` characters; all of it where letters were cut."""
    whole, parts = list(parts), list(parts)
    place = len(parts) - 1
    while len(FILLER.join(parts)) > room and place >= 0:
        parts[place] = parts[place][0]
        place -= 1
    while len(FILLER.join(parts)) > room:
        parts.pop()
    return give_back(parts, whole, room)


def give_back(parts: list[str], whole: list[str], room: int) -> str:
    """Lengthen shortened parts again, the earliest first, as far as there is room."""
    for place, part in enumerate(parts):
        spare = room - len(FILLER.join(parts))
        parts[place] = whole[place][: len(part) + spare]
    return FILLER.join(parts)


def names_agree(mrz_name: str, typed_name: str, *, cut: bool = False) -> bool:
    """Whether a name from a zone can be the name that somebody typed.

    `mrz_name`: a name field or its parts ("ERIKSSON<<ANNA<MARIA", "ERIKSSON ANNA MARIA");
    `typed_name`: the same parts in Latin letters or a script of Doc 9303-3. Marks, apostrophes,
    hyphens, double letters for umlauts, parts written together and the order of the parts do not
    matter. `cut` allows for a zone that ran out of room (`MRZ.names_may_be_cut`).
    """
    read = spaced(mrz_name).split()
    if not read:
        return False
    return any(parts_agree(read, typed.split(), cut=cut) for typed in spellings(typed_name) if typed)


def parts_agree(read: list[str], typed: list[str], *, cut: bool) -> bool:
    """Return the same letters in the same parts, or in parts turned round and joined; or cut short."""
    if sorted(read) == sorted(typed) or "".join(read) in rotations(typed):
        return True
    return cut and cut_parts_agree(read, typed)


def rotations(parts: list[str]) -> set[str]:
    """Return the parts written together, beginning with any one of them."""
    return {"".join(parts[turn:] + parts[:turn]) for turn in range(len(parts))}


def cut_parts_agree(read: list[str], typed: list[str]) -> bool:
    """Every part read is the beginning of a typed part of its own; typed parts may be left over."""
    if len(read) > len(typed):
        return False
    if not read:
        return True
    head, *rest = read
    return any(
        whole.startswith(head) and cut_parts_agree(rest, typed[:place] + typed[place + 1 :])
        for place, whole in enumerate(typed)
    )
