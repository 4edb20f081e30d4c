"""Limits on guessing: at most so many tries in a window of time, counted alike by every process.

Each try takes one numbered place by the cache's atomic `add`; in the database cache two processes cannot
take the same place, so parallel guesses do not slip through (docs/decisions, reliability: LocMem let 14 of 40).
"""

import hashlib
import time

from django.core.cache import cache


def allow(what: str, *whose: str, tries: int, seconds: int) -> bool:
    """Take one of `tries` places for this subject in the present window; False when none is left.

    `whose` (an address, a reference) is hashed: the cache holds no personal data.
    """
    subject = hashlib.sha256("\0".join(whose).encode()).hexdigest()[:32]
    window = int(time.time() // seconds)
    places = (f"limit:{what}:{subject}:{window}:{place}" for place in range(tries))
    return any(cache.add(place, 1, timeout=seconds) for place in places)
