"""Text that people type: what is refused, what is tidied, how digits are read.

Pure: no Django, no translation. `flaw` names what is wrong with a value; the fields of
`consular.ui.fields` say it in the reader's language.
"""

import enum
import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

# Marks and fillers that keyboards and copying leave behind. They change nothing that is read,
# so they are dropped without a word. U+200B is Persian keyboards' frequent mistake for U+200C.
_DROPPED = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# UAX #9: embeddings, overrides and isolates can make one text look like another.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile("[\U000e0000-\U000e007f\U000e0100-\U000e01ef]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]",
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_FULLWIDTH_DIGITS = "0123456789"
_TO_LATIN_DIGITS = str.maketrans(
    _PERSIAN_DIGITS + _ARABIC_DIGITS + _FULLWIDTH_DIGITS + "٫٬",
    "0123456789" * 3 + ".,",
)
_TO_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")


class Flaw(enum.StrEnum):
    """Why a text cannot be taken as it is; the most telling reason comes first."""

    NUL = "nul"
    SURROGATE = "surrogate"
    DIRECTION = "direction"
    TAG = "tag"
    CONTROL = "control"
    REPLACEMENT = "replacement"
    INVISIBLE = "invisible"


def flaw(value: str) -> Flaw | None:
    """The first reason to refuse `value`, or None. Line ends and tabs are no flaw here."""
    for reason, pattern in _PATTERNS:
        if pattern.search(value):
            return reason
    return Flaw.INVISIBLE if value.strip() and not _is_visible(value) else None


_PATTERNS = (
    (Flaw.NUL, re.compile("\x00")),
    (Flaw.SURROGATE, _SURROGATE),
    (Flaw.DIRECTION, _DIRECTION),
    (Flaw.TAG, _TAG),
    (Flaw.CONTROL, re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")),
    (Flaw.REPLACEMENT, re.compile(REPLACEMENT)),
)


def _is_visible(value: str) -> bool:
    """Whether something would be seen: a letter, digit, sign or symbol, not only marks and blanks."""
    return any(unicodedata.category(each)[0] in "LNPS" and each not in _BLANKS for each in value)


# Letters by category that print nothing: Hangul fillers and the Braille blank.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"


def tidy(value: str, *, lines: bool = False) -> str:
    """NFC, no idle marks, blanks folded and trimmed; `lines` keeps line ends (as LF).

    Joiners (ZWNJ, ZWJ) stay: Persian and Indic spelling needs them.
    """
    value = unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_END.sub("\n", value)))
    if not lines:
        return " ".join(value.split())
    return "\n".join(" ".join(line.split()) for line in value.split("\n")).strip("\n")


def latin_digits(value: str) -> str:
    """Persian, Arabic and full-width digits as 0-9; ٫ and ٬ as point and comma."""
    return value.translate(_TO_LATIN_DIGITS)


def without_joiners(value: str) -> str:
    return value.translate(dict.fromkeys(map(ord, JOINERS)))


def latin(value: str) -> str:
    """`value` as a Latin field takes it: 0-9, no joiners, plain apostrophe and hyphen."""
    return without_joiners(latin_digits(value)).translate(_TO_PLAIN_SIGNS)


_TO_PLAIN_SIGNS = str.maketrans("’‘ʼ`´‐‑‒–−", "'''''-----")


def persian_letters(value: str) -> str:
    """Arabic yeh, alef maksura and kaf as the Persian letters that look like them."""
    return value.translate(_TO_PERSIAN_LETTERS)


def is_latin(value: str) -> bool:
    """Whether every letter of `value` is of the Latin script (diacritics welcome)."""
    letters = (each for each in value if unicodedata.category(each)[0] == "L")
    return all("LATIN" in unicodedata.name(each, "") for each in letters)


def fits_a_name(sign: str) -> bool:
    """Whether a name may hold this character: letters, marks, blanks, joiners and ' - . , · /"""
    category = unicodedata.category(sign)
    return category[0] in "LMZ" or sign in "'’ʼ`´‘-‐‑–.,·/" or sign in JOINERS


def storable(value: str) -> str:
    """`value` with what PostgreSQL and UTF-8 cannot hold (NUL, lone surrogates) as U+FFFD."""
    return _UNSTORABLE.sub(REPLACEMENT, value)


def shown(value: str) -> str:
    """`value` for echoing in a form: each unseen refused character becomes a visible U+FFFD."""
    return _NOT_SHOWN.sub(REPLACEMENT, value)
