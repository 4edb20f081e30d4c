"""Names in the alphabet of a machine-readable zone: A to Z, as ICAO Doc 9303-3 section 6 recommends.

Table A (Latin letters with marks), table B (Cyrillic) and table C (Arabic script, with the letters
of Persian, Urdu and Pashto) where each letter of the original stays recognisable: X is an escape,
short vowels are not written. Where a table offers a choice, the first is taken; `spellings` gives
the others too, for comparing.
"""

import itertools
import unicodedata
from collections.abc import Iterator

LATIN = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Đ": ("D",),
    "Ə": ("E", "A"),
    "Ħ": ("H",),
    "ı": ("I",),
    "Ĳ": ("IJ",),
    "ĸ": ("Q",),
    "Ł": ("L",),
    "Ŋ": ("N",),
    "Ñ": ("N", "NXX"),
    "Ø": ("OE", "O"),
    "Ö": ("OE", "O"),
    "Œ": ("OE",),
    "ß": ("SS",),
    "ẞ": ("SS",),
    "Þ": ("TH",),
    "Ŧ": ("T",),
    "Ü": ("UE", "U", "UXX"),
}

CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z",
    "И": "I", "І": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P",
    "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA", "Ґ": "G", "Ѓ": "G",
    "Ђ": "D", "Ѕ": "DZ", "Ј": "J", "Ќ": "K", "Љ": "LJ", "Њ": "NJ", "Ћ": "C", "Џ": "DZ", "Є": "IE",
    "Ї": "I", "Ў": "U", "Ѫ": "U",
}  # fmt: skip

ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B",
    "ة": "XTA", "ت": "T", "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH",
    "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ",
    "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P", "ځ": "XKE",
    "څ": "XXH", "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ",
    "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG", "گ": "XGG", "ں": "XNN", "ڼ": "XXN", "ھ": "XDO",
    "ۀ": "XYH", "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA", "ۍ": "XXY", "ې": "Y", "ے": "XYB",
    "ۓ": "XBE",
}  # fmt: skip
TEH_MARBUTA, SHADDA = "\u0629", "\u0651"
TEH_MARBUTA_AT_THE_END = "XAH"

APOSTROPHES = frozenset("'`´\u2018\u2019\u201b\u02bb\u02bc\u02be\u02bf\u2032\uff07")
ASCII_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
MOST_SPELLINGS = 64


def transliterate(name: str) -> str:
    """`name` in A to Z, its parts separated by one space.

    Apostrophes vanish (O'Connor → OCONNOR), hyphens and other marks separate, marks on letters
    and letters that no table knows go.

    >>> transliterate("Þórður Weiß-Müller")
    'THORDUR WEISS MUELLER'
    """
    return next(spellings(name))


def spellings(name: str) -> Iterator[str]:
    """Every spelling of `name` that the tables allow, the recommended one first."""
    parts = [word_spellings(word) for word in words(name)]
    for chosen in itertools.islice(itertools.product(*parts), MOST_SPELLINGS):
        yield " ".join(part for part in chosen if part)


def word_spellings(word: str) -> list[str]:
    """Return the ways to spell one word, MOST_SPELLINGS at most."""
    ways = itertools.product(*options(word))
    return ["".join(way) for way in itertools.islice(ways, MOST_SPELLINGS)]


def words(name: str) -> list[str]:
    """Return the parts of a name in capitals, composed, without apostrophes."""
    composed = unicodedata.normalize("NFKC", name)
    kept = "".join(
        "" if character in APOSTROPHES or unicodedata.category(character) == "Cf" else character
        for character in composed
    )
    return "".join(c if is_letter(c) else " " for c in kept).split()


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def options(word: str) -> list[tuple[str, ...]]:
    """For every letter of a word, the ways to write it."""
    found: list[tuple[str, ...]] = []
    for place, character in enumerate(word):
        if character == SHADDA:
            found.append(next((letter for letter in reversed(found) if letter != ("",)), ("",)))
        elif character == TEH_MARBUTA and place == len(word) - 1:
            found.append((TEH_MARBUTA_AT_THE_END,))
        else:
            found.append(letter_options(character))
    return found


def letter_options(character: str) -> tuple[str, ...]:
    """Return the ways to write one letter, the recommended way first; "" where it is not written."""
    capital = character if character in LATIN else character.upper()
    if capital in LATIN:
        return LATIN[capital]
    one = ARABIC.get(character, CYRILLIC.get(capital))
    return (base_letters(capital) if one is None else one,)


def base_letters(capital: str) -> str:
    """Return what is left of a letter when its marks go: É → E; nothing for letters of no table."""
    decomposed = unicodedata.normalize("NFKD", capital)
    return "".join(letter for letter in decomposed if letter in ASCII_LETTERS)
