"""Words as they are looked for in all our languages: one normaliser for what is written and for what is asked.

`fold` makes case, accents and look-alike letters not matter. On top of it a word loses the Arabic article and
the commonest plural endings, and a Persian word in two parts, joined by a zero-width non-joiner, is found
whole and by its parts, since people type it with a blank, with a joiner or with nothing. The forms are for
comparing only; nobody reads them. Pure.
"""

import functools
import re
from collections.abc import Iterator

from consular.lib.folding import fold
from consular.lib.text import JOINERS, latin_digits

LONGEST_WORD = 40  # letters; nothing longer is a word that anybody looks for
LONGEST_PIECE = 400  # characters between two blanks; what follows them is not looked at
SHORTEST_STEM = 3  # letters that must be left when an ending or the article is taken off

_JOINED = re.compile(f"[{JOINERS}]+")
_BLANKS = re.compile(r"\s+")
# And, then, by, as, for before the article; لل is "for the". Persian words that begin alike lose as much each time.
_ARTICLE = re.compile(r"^(?:[وفبک]?ال|[وف]?لل)")
_ARABIC_ENDINGS = re.compile(r"(?:هایی|های|ها|ات|(?<=[او])ی)$")  # The last: the link in ویزای دانشجویی
_LATIN_ENDINGS = re.compile(r"(?:(?<=[^s])s|(?<=[^e])es|(?<=[^e])e)$")


def forms(text: str) -> Iterator[tuple[str, ...]]:
    """Yield for each word of a text the forms under which it is found, the whole word first."""
    for piece in _BLANKS.split(latin_digits(text)):
        yield from _forms_of(piece[:LONGEST_PIECE])


@functools.lru_cache(maxsize=20_000)  # Few words make up most of any text
def _forms_of(piece: str) -> tuple[tuple[str, ...], ...]:
    whole = fold(_JOINED.sub("", piece)).split()
    parts = [word for part in _JOINED.split(piece) for word in fold(part).split()]
    if len(parts) > len(whole):
        return (tuple(dict.fromkeys(stem(word) for word in (*whole, *parts))),)
    return tuple((stem(word),) for word in whole)


def stem(word: str) -> str:
    """Take article and plural off a folded word: `التاشیرات` → `تاشیر`, `visas` → `visa`."""
    word = word[:LONGEST_WORD]
    if word.isascii():
        return _without(_LATIN_ENDINGS, word)
    return _without(_ARABIC_ENDINGS, _without(_ARTICLE, word))


def _without(pattern: re.Pattern[str], word: str) -> str:
    shorter = pattern.sub("", word)
    return shorter if len(shorter) >= SHORTEST_STEM else word
