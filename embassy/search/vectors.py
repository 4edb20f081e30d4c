"""What a text is found by, and what somebody asks, in PostgreSQL's own notation. Pure.

Both come from `consular.lib.wording.forms` and go to the database as finished tsvector and tsquery: no dictionary
and no parser of the database has a say, so that all languages are treated alike. A form holds letters and digits
only, which is why it can stand between quotes as it is.
"""

from collections.abc import Collection, Iterable, Iterator

from consular.lib.wording import forms

LAST_POSITION = 16_000  # PostgreSQL counts positions up to 16 383
MOST_WORDS = 12  # of a query; more tell nothing more
SHORTEST_BEGINNING = 2  # letters; a single one is taken for a whole word

Synonyms = dict[str, frozenset[str]]


def vector(*weighted: tuple[str, str]) -> str:
    """Return the tsvector of texts, each with its weight: `vector(("A", title), ("D", body))`."""
    return " ".join(_lexemes(weighted))


def _lexemes(weighted: Iterable[tuple[str, str]]) -> Iterator[str]:
    place = 0
    for weight, text in weighted:
        for word in forms(text):
            place = min(place + 1, LAST_POSITION)
            yield from (f"'{form}':{place}{weight}" for form in word)


def query(asked: str, synonyms: Synonyms) -> str:
    """Return the tsquery of what somebody typed, '' when there is no word in it: all words, by their beginnings."""
    return " & ".join(_words(asked, synonyms))


def some_of(asked: str, synonyms: Synonyms) -> str:
    """Return the tsquery that any one of the words satisfies."""
    return " | ".join(_words(asked, synonyms))


def _words(asked: str, synonyms: Synonyms) -> list[str]:
    return [_any_of(word, synonyms) for word in list(dict.fromkeys(forms(asked)))[:MOST_WORDS]]


def _any_of(word: Collection[str], synonyms: Synonyms) -> str:
    """Whoever writes a word whole, or in parts, means the same."""
    whole, *parts = word
    others = sorted(synonyms.get(whole, frozenset()) - {whole})
    ways = [_beginning(whole), *(f"'{other}'" for other in others)]
    if parts:
        ways.append("(" + " & ".join(f"'{part}'" for part in parts) + ")")
    return "(" + " | ".join(ways) + ")"


def _beginning(form: str) -> str:
    return f"'{form}':*" if len(form) >= SHORTEST_BEGINNING else f"'{form}'"
