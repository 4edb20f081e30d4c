"""References that can be read out on the telephone: `QV7K-M3WF-D2HX`.

Twelve characters of an alphabet without 0 O 1 I L U. The last is a check character: the weighted sum of all
twelve is zero modulo 31, with a weight of its own for each place (a pure system with a prime modulus, as in
ISO/IEC 7064). It finds every wrong character and every two that changed places.
"""

import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MODULUS = 31  # The first prime that is not smaller than the alphabet
LENGTH = 12
GROUP = 4

Choose = Callable[[str], str]  # One character of many


def check_character(body: str) -> str | None:
    """Return the check character of eleven characters; None for the one body in 31 that has none."""
    value = -_weighted_sum(body) % MODULUS
    return ALPHABET[value] if value < len(ALPHABET) else None


def _weighted_sum(characters: str) -> int:
    """Weigh the places 12, 11, … 1 from the first on."""
    return sum((LENGTH - place) * ALPHABET.index(character) for place, character in enumerate(characters))


def drawn(length: int, choose: Choose = secrets.choice) -> str:
    """Return characters that can be read out, drawn at random."""
    return "".join([choose(ALPHABET) for _ in range(length)])


def new_reference(choose: Choose = secrets.choice) -> str:
    """Return a random reference without separators; 30^11 ≈ 1.8e16 of them."""
    while True:
        body = drawn(LENGTH - 1, choose)
        if check := check_character(body):
            return body + check


def is_reference(text: str) -> bool:
    """Tell whether `text` (canonical form) is well formed and its check character holds."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and _weighted_sum(text) % MODULUS == 0


def parse_reference(text: str) -> str | None:
    """Return the canonical form of what a person typed, or None when it cannot be a reference.

    Spaces, hyphens, case and the digits of other scripts do not matter.
    """
    folded = "".join(_fold(character) for character in text.upper() if character.isalnum())
    return folded if is_reference(folded) else None


def _fold(character: str) -> str:
    """Return a decimal digit of any script as 0–9, any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def spaced(reference: str, group: int = GROUP) -> str:
    """Return a reference, or another code, in groups of four for reading: `QV7K-M3WF-D2HX`."""
    return "-".join(reference[i : i + group] for i in range(0, len(reference), group))
