"""Names inside sentences that run the other way: a Persian name in English, a Latin one in Persian."""

import unicodedata

from django.utils.translation import get_language_bidi

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def isolated(name: str) -> str:
    """Return a name so that the sentence around it, in the active language, keeps its order (UAX #9).

    As it is where it runs the same way.
    """
    other = {"L"} if get_language_bidi() else {"R", "AL"}
    turns = any(unicodedata.bidirectional(letter) in other for letter in name)
    return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}" if turns else name
