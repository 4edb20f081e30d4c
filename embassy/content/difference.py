"""What differs between two texts, word by word, for people who compare them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|[^\s\w]+|\w+")
MOST_COMPARED = 4_000_000  # words times words, lines times lines; beyond, the whole is shown as replaced


@dataclass(frozen=True)
class Run:
    """Some words in a row: `kind` is same, added or removed."""

    kind: str
    text: str


def words(before: str, after: str) -> list[list[Run]]:
    """Return the lines of both texts as runs of words; a line that both have is one run."""
    old, new = before.splitlines(), after.splitlines()
    return [line for found in _lines(old, new) for line in found]


def _lines(old: list[str], new: list[str]) -> Iterator[list[list[Run]]]:
    for kind, begin, end, start, stop in _steps(old, new):
        gone, come = old[begin:end], new[start:stop]
        if kind == "equal":
            yield [[Run("same", line)] for line in gone]
        elif kind == "replace" and len(gone) == len(come):
            yield [list(_within(*pair)) for pair in zip(gone, come, strict=True)]
        else:
            yield [[Run("removed", line)] for line in gone] + [[Run("added", line)] for line in come]


def _within(old: str, new: str) -> Iterator[Run]:
    before, after = WORD.findall(old), WORD.findall(new)
    for kind, begin, end, start, stop in _steps(before, after):
        if kind == "equal":
            yield Run("same", "".join(before[begin:end]))
            continue
        if begin < end:
            yield Run("removed", "".join(before[begin:end]))
        if start < stop:
            yield Run("added", "".join(after[start:stop]))


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how `new` comes from `old`, as `get_opcodes` does; in time, however often a line or a word comes again.

    `autojunk` looks for no place to begin at what makes up more than a hundredth of a long text. Without it the
    time rises with the third power: two thousand alike lines take a minute.
    """
    if len(old) * len(new) > MOST_COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=True).get_opcodes())
