"""References that can be read out on the telephone: `QV7K-M3WF-D2HX`.

Twelve characters of an alphabet without 0 O 1 I L U, the last one a check character (ISO/IEC 7064's
MOD 37,36 scheme, here over 30 symbols) that finds every single wrong character and every swap of neighbours.
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4


def check_character(body: str) -> str:
    """Return the check character of a body of symbols (ISO/IEC 7064 hybrid system, M = len(ALPHABET))."""
    size = len(ALPHABET)
    product = size
    for symbol in body:
        total = (product + ALPHABET.index(symbol)) % size or size
        product = total * 2 % (size + 1)
    return ALPHABET[(size + 1 - product) % size]


def new_reference() -> str:
    """Return a random reference without separators; 30^11 ≈ 1.8e16 of them."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def is_reference(text: str) -> bool:
    """Tell whether `text` (canonical form) is well formed and its check character holds."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and check_character(text[:-1]) == text[-1]


def parse_reference(text: str) -> str | None:
    """Return the canonical form of what a person typed, or None when it cannot be a reference.

    Spaces, hyphens, case and the digits of other scripts do not matter.
    """
    folded = "".join(str(digit_value(c)) if c.isdigit() else c for c in text.upper() if c.isalnum())
    return folded if is_reference(folded) else None


def digit_value(character: str) -> int:
    """Return the value of a decimal digit of any script."""
    return unicodedata.digit(character)


def spaced(reference: str) -> str:
    """Return the reference in groups of four, for reading: `QV7K-M3WF-D2HX`."""
    return "-".join(reference[i : i + GROUP] for i in range(0, len(reference), GROUP))
