"""Names as they are searched for: case, accents, joiners, punctuation and look-alike letters do not matter."""

import unicodedata

# Letters that NFKD leaves whole, and Arabic letters that Persian keyboards and passports write in several ways
_ALIKE = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    }
)  # fmt: skip
APOSTROPHES = "'’‘ʼ`´"


def fold(text: str) -> str:
    """Return `text` for comparing: `Ñandú-O’Brien` and `nandu obrien` fold to the same."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE)).translate(_ALIKE)
    return " ".join("".join(_letter(sign) for sign in plain).split())


def _letter(sign: str) -> str:
    """Return the sign when it counts, '' when it is a mark or apostrophe within a word, else a space."""
    if sign.isalnum():
        return sign
    inside_a_word = unicodedata.category(sign) in {"Mn", "Cf"} or sign in APOSTROPHES
    return "" if inside_a_word else " "
