"""Note what was looked for, so that the site learns what it lacks: words and a day, never who or when."""

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from consular.lib.folding import fold
from consular.lib.text import latin_digits
from consular.lib.wording import LONGEST_WORD
from embassy.search.models import Search

KEPT_FOR = timedelta(days=180)
LONGEST = 120
LONGEST_NUMBER = 3  # digits; 90 days or form 33, but no passport, telephone or year of birth
MOST_A_DAY = 5000  # different ones; whoever types at random fills no disk

_PUT = """
    INSERT INTO search_search ("on", language, words, found, best, times)
    SELECT %(on)s, %(language)s, %(words)s, %(found)s, %(best)s, 1
    WHERE (SELECT count(*) FROM search_search WHERE "on" = %(on)s) < %(most)s
    ON CONFLICT ("on", language, words)
    DO UPDATE SET times = search_search.times + 1, found = excluded.found, best = excluded.best
"""


def note(asked: str, language: str, *, found: bool, best: str = "") -> None:
    """Count one search. Nothing is kept of what may be somebody's: addresses, long numbers, what is no word."""
    if words := without_persons(asked):
        values: dict[str, Any] = {
            "on": timezone.localdate(),
            "language": language,
            "words": words,
            "found": found,
            "best": best,
        }
        with connection.cursor() as cursor:
            cursor.execute(_PUT, {**values, "most": MOST_A_DAY})


def without_persons(asked: str) -> str:
    """Return the words that may be kept, folded; '' when the whole cannot be."""
    if "@" in asked:
        return ""
    words = fold(latin_digits(asked)).split()
    if any(_is_long(word) for word in words):
        return ""
    return " ".join(words)[:LONGEST]


def _is_long(word: str) -> bool:
    return len(word) > LONGEST_WORD or len(re.sub(r"\D", "", word)) > LONGEST_NUMBER


def forget_old_searches() -> int:
    """Delete what is older than half a year; return how many rows went."""
    deleted, _by_model = Search.objects.filter(on__lt=timezone.localdate() - KEPT_FOR).delete()
    return deleted
