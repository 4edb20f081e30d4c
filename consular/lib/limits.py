"""Limits on guessing: at most so many tries in a window of time, counted alike by every process.

Each try takes one numbered place by the cache's atomic `add`; in the database cache two processes cannot
take the same place, so parallel guesses do not slip through (docs/decisions, reliability: LocMem let 14 of 40).
"""

import hashlib
import time

from django.core.cache import cache


def allow(what: str, *whose: str, tries: int, seconds: int) -> bool:
    """Count one try of this subject in the present window; False when none is left."""
    return take(what, *whose, tries=tries, seconds=seconds) is not None


def take(what: str, *whose: str, tries: int, seconds: int) -> str | None:
    """Take one of `tries` places for this subject in the present window; None when none is left.

    `whose` (an address, a reference) is hashed: the cache holds no personal data.
    """
    subject = hashlib.sha256("\0".join(whose).encode()).hexdigest()[:32]
    window = int(time.time() // seconds)
    places = (f"limit:{what}:{subject}:{window}:{place}" for place in range(tries))
    return next((place for place in places if cache.add(place, 1, timeout=seconds)), None)


def give_back(place: str) -> None:
    """Free a place again, where only wrong tries count. Taking it first keeps parallel guesses within the limit."""
    cache.delete(place)
