"""The formats of Doc 9303, where everything stands in them, and the check digit."""

import itertools
import re
from dataclasses import dataclass
from typing import Any

Lines = tuple[str, ...]
Place = tuple[int, int, int]  # line, first column, column after the last, from 0

FILLER = "<"
WEIGHTS = (7, 3, 1)
VALUES = {FILLER: 0} | {c: v for v, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
LINE = re.compile(r"[A-Z0-9<]+")


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


def format_named(name: str) -> Format:
    return next(form for form in FORMATS if form.name == name)


def cut(lines: Lines, place: Place) -> str:
    line, first, end = place
    return lines[line][first:end]


def digit_after(lines: Lines, place: Place) -> str:
    line, _, end = place
    return lines[line][end]


def spaced(text: str) -> str:
    """Put one space where fillers stand."""
    return " ".join(text.replace(FILLER, " ").split())
