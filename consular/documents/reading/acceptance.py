"""When a reading is beyond doubt, and the one repair that is allowed.

Check digits cover numbers and dates; names, states and sex they do not. So a reading is accepted
only if what they do not cover is nearly certain by itself, what they cover is fairly certain, and
all of them hold: as read, or after the one and only likely change that makes them hold. And since
a check digit cannot tell L from 1 or U from a filler (their values differ by tens), nothing else
that is at all likely may satisfy them too.
"""

import datetime as dt
import itertools
import math
from collections.abc import Iterator

import numpy as np

from consular.documents.reading.attempts import Attempt
from consular.documents.reading.decoding import Line
from consular.lib.mrz import MRZError, parse

Change = tuple[int, int, str, float]  # line, position, character, its odds against the best

PROTECTED = 0.5  # least probability of a character that check digits cover
UNPROTECTED = 0.97  # the same for what none covers: names, states, sex
ENOUGH = -0.1  # log-likelihood a frame below which the lines have another layout
LIKELY = 0.002  # odds of a character that counts when repairs are looked for
RIVAL = 0.02  # odds of another valid reading at which none is believed
DOUBTED = 0.1  # odds that a repair needs to be made
MOST_CHANGES = 2
MOST_LIKELY = 24  # changes that are tried

# What check digits cover, line by line: (first, end).
COVERED: dict[str, tuple[tuple[tuple[int, int], ...], ...]] = {
    "TD3": ((), ((0, 10), (13, 20), (21, 44))),
    "TD2": ((), ((0, 10), (13, 20), (21, 36))),
    "MRV-A": ((), ((0, 10), (13, 20), (21, 28))),
    "MRV-B": ((), ((0, 10), (13, 20), (21, 28))),
    "TD1": (((5, 30),), ((0, 7), (8, 15), (18, 30)), ()),
}


def accepted(attempt: Attempt, today: dt.date) -> tuple[str, ...] | None:
    """Return the lines if they are beyond doubt, else None."""
    if attempt.likelihood < ENOUGH or not certain(attempt):
        return None
    if is_valid(attempt.texts, today):
        return None if has_rival(attempt, today) else attempt.texts
    return only_repair(attempt, today)


def certain(attempt: Attempt) -> bool:
    """Tell whether every character is as certain as its place demands."""
    for line, covered in covered_lines(attempt):
        least = np.full(len(line.certainty), UNPROTECTED)
        for first, end in covered:
            least[first:end] = PROTECTED
        if (line.certainty < least).any():
            return False
    return True


def is_valid(texts: tuple[str, ...], today: dt.date) -> bool:
    """Tell whether lines are a zone whose check digits hold and whose fields can be."""
    try:
        return parse(texts, today=today).valid
    except MRZError:
        return False


def has_rival(attempt: Attempt, today: dt.date) -> bool:
    """Tell whether other lines that are not much less likely are valid too."""
    changes = [change for change in likely_changes(attempt) if change[3] >= RIVAL]
    return any(
        math.prod(odds for *_, odds in way) >= RIVAL and is_valid(changed(attempt, way), today)
        for count in range(1, MOST_CHANGES + 1)
        for way in combinations(changes, count)
    )


def only_repair(attempt: Attempt, today: dt.date) -> tuple[str, ...] | None:
    """Return the lines with the fewest changes that make them valid, if there is only one such way.

    Every change that is at all likely counts as a way; the one that is made must have been in
    real doubt.
    """
    changes = likely_changes(attempt)
    for count in range(1, MOST_CHANGES + 1):
        ways = [way for way in combinations(changes, count) if is_valid(changed(attempt, way), today)]
        if ways:
            odds = math.prod(odds for *_, odds in ways[0])
            return changed(attempt, ways[0]) if len(ways) == 1 and odds >= DOUBTED else None
    return None


def likely_changes(attempt: Attempt) -> list[Change]:
    """List what may be read otherwise where check digits cover it, the likeliest first."""
    found = [
        (number, position, character, odds)
        for number, (line, covered) in enumerate(covered_lines(attempt))
        for position, character, odds in line.others(LIKELY)
        if any(first <= position < end for first, end in covered)
    ]
    return sorted(found, key=lambda change: -change[3])[:MOST_LIKELY]


def covered_lines(attempt: Attempt) -> Iterator[tuple[Line, tuple[tuple[int, int], ...]]]:
    """Every line with the places that check digits cover."""
    return zip(attempt.lines, COVERED[attempt.layout], strict=True)


def combinations(changes: list[Change], count: int) -> Iterator[tuple[Change, ...]]:
    """Every choice of `count` changes at different places."""
    for chosen in itertools.combinations(changes, count):
        if len({(line, position) for line, position, *_ in chosen}) == count:
            yield chosen


def changed(attempt: Attempt, changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Return the attempt's lines with the changes made."""
    lines = [list(text) for text in attempt.texts]
    for number, position, character, _ in changes:
        lines[number][position] = character
    return tuple("".join(line) for line in lines)
