"""Names inside sentences that run the other way: a Persian name in English, a Latin one in Persian."""

import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def isolated(name: str, *, right_to_left: bool) -> str:
    """Return a name so that what stands around it keeps its order (UAX #9); as it is where it runs the same way."""
    other = {"L"} if right_to_left else {"R", "AL"}
    turns = any(unicodedata.bidirectional(letter) in other for letter in name)
    return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}" if turns else name
