"""A person's name in a text, in Latin letters or in the script in which they write it themselves."""

import unicodedata
from collections.abc import Iterable

from consular.lib.folding import fold
from consular.lib.transliteration import spellings

SHORTEST = 2  # letters of a part that is looked for


def stands_in(text: str, names: Iterable[str]) -> bool:
    """Tell whether all parts of one of `names` stand in a text, in any order, as words of their own."""
    plain = unicodedata.normalize("NFKC", text)
    there = words(plain) | {spelled for word in plain.split() for spelled in _spelled(word)}
    return any(_stands(name, there) for name in names)


def words(text: str) -> set[str]:
    """Return the words of a text as they are compared, also those that are written apart by hyphens."""
    return {word.upper() for word in fold(text).replace("-", " ").split()}


def _spelled(word: str) -> set[str]:
    """Return a word as a passport may spell it; right to left text may come letter by letter turned."""
    return {part for spelling in spellings(word) for part in spelling.split()} if word else set()


def _stands(name: str, there: set[str]) -> bool:
    ways = [unicodedata.normalize("NFKC", name), *spellings(name)]
    return any(_all_of(words(way), there) for way in ways)


def _all_of(parts: set[str], there: set[str]) -> bool:
    wanted = {part for part in parts if len(part) >= SHORTEST}
    return bool(wanted) and wanted <= there
