"""Writing: the lines of a zone from its values."""

import datetime as dt
import re
from typing import Any

from consular.lib.mrz.formats import (
    FILLER,
    MRV_A,
    MRV_B,
    TD1,
    TD2,
    TD3,
    Format,
    Lines,
    MRZError,
    check_digit,
    cut,
)
from consular.lib.mrz.names import name_field


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
    return check_digit("".join(cut(lines, place) for place in form.composite))


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
