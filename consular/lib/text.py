"""Text that people type: what is refused, what is tidied, how digits are read.

Pure: no Django, no translation. `flaw` names what is wrong with a value; the fields of
`consular.ui.fields` say it in the reader's language.
"""

import enum
import re
import unicodedata

MOST_MARKS = 6  # On one letter; Tibetan and pointed Hebrew need four or five
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

_DIRECTION = "\u202a-\u202e\u2066-\u2069"  # UAX #9: embeddings, overrides and isolates can disguise a text
_TAGS = "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
_CONTROLS = "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # without tab and the ends of lines
_SURROGATES = "\ud800-\udfff"

# Marks that keyboards and copying leave behind and that nobody reads. They are dropped silently.
_IDLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]")
_REPEATED_JOINERS = re.compile(f"([{JOINERS}])[{JOINERS}]+")
_OUTER_JOINERS = re.compile(f"(?<!\\S)[{JOINERS}]|[{JOINERS}](?!\\S)")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSTORABLE = re.compile(f"[\x00{_SURROGATES}]")
_UNSEEN = re.compile(f"[\x00{_CONTROLS}{_SURROGATES}{_DIRECTION}{_TAGS}]")
# Letters and symbols by category that print nothing: Hangul fillers and the Braille blank.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"

_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬", "01234567890123456789.,")
_PLAIN_SIGNS = str.maketrans("’‘ʼʻʹ′`´‐‑‒–−", "''''''''-----")
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")
_SIGNS_IN_NAMES = "'’‘ʼʻ`´-‐‑–.,·/" + JOINERS


class Flaw(enum.StrEnum):
    """Why a text cannot be taken as it is."""

    NUL = "nul"
    SURROGATE = "surrogate"
    DIRECTION = "direction"
    TAG = "tag"
    CONTROL = "control"
    REPLACEMENT = "replacement"
    INVISIBLE = "invisible"
    STACK = "stack"


_FLAWS = (
    (Flaw.NUL, re.compile("\x00")),
    (Flaw.SURROGATE, re.compile(f"[{_SURROGATES}]")),
    (Flaw.DIRECTION, re.compile(f"[{_DIRECTION}]")),
    (Flaw.TAG, re.compile(f"[{_TAGS}]")),
    (Flaw.CONTROL, re.compile(f"[{_CONTROLS}]")),
    (Flaw.REPLACEMENT, re.compile(REPLACEMENT)),
)


def flaw(value: str) -> Flaw | None:
    """Name the first reason to refuse `value`. Tabs and line ends are none; nor is nothing at all."""
    for reason, pattern in _FLAWS:
        if pattern.search(value):
            return reason
    if value.strip() and not _is_visible(value):
        return Flaw.INVISIBLE
    return Flaw.STACK if _has_a_stack(value) else None


def _has_a_stack(value: str) -> bool:
    """Tell whether a letter carries more marks than any script puts on one: they would cover the lines around."""
    if value.isascii():
        return False
    marks = "".join("m" if unicodedata.category(each)[0] == "M" else " " for each in value)
    return max(map(len, marks.split()), default=0) > MOST_MARKS


def _is_visible(value: str) -> bool:
    return any(unicodedata.category(each)[0] in "LNPS" and each not in _BLANKS for each in value)


def tidy(value: str, *, lines: bool = False) -> str:
    """Compose (NFC), drop idle marks, fold and trim blanks; `lines` keeps the ends of lines as LF.

    Joiners (ZWNJ, ZWJ) stay inside words: Persian and Indic spelling needs them.
    """
    value = unicodedata.normalize("NFC", _IDLE.sub("", _LINE_END.sub("\n", value)))
    value = _OUTER_JOINERS.sub("", _REPEATED_JOINERS.sub(r"\1", value))
    if not lines:
        return " ".join(value.split())
    return "\n".join(" ".join(line.split()) for line in value.split("\n")).strip("\n")


def latin_digits(value: str) -> str:
    """Write Persian, Arabic and full-width digits as 0-9, and ٫ ٬ as point and comma."""
    return value.translate(_FULL_WIDTH).translate(_DIGITS)


def latin(value: str) -> str:
    """Prepare `value` for a Latin field: 0-9, no joiners, plain apostrophes and hyphens."""
    return without_joiners(latin_digits(value)).translate(_PLAIN_SIGNS)


def without_joiners(value: str) -> str:
    return value.translate(dict.fromkeys(map(ord, JOINERS)))


def persian_letters(value: str) -> str:
    """Write Arabic yeh, alef maksura and kaf as the Persian letters that look like them."""
    return value.translate(_PERSIAN_LETTERS)


def is_latin(value: str) -> bool:
    """Tell whether every letter of `value` is of the Latin script; diacritics are welcome."""
    letters = (each for each in value if unicodedata.category(each)[0] == "L")
    return all("LATIN" in unicodedata.name(each, "") for each in letters)


def strange_signs(name: str) -> str:
    """List what no name has: all but letters, marks, blanks, joiners and ' - . , · / (each once)."""
    return "".join(dict.fromkeys(each for each in name if not _fits_a_name(each)))


def _fits_a_name(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMZ" or sign in _SIGNS_IN_NAMES


def storable(value: str) -> str:
    """Replace what PostgreSQL and UTF-8 cannot hold (NUL, lone surrogates) by U+FFFD."""
    return _UNSTORABLE.sub(REPLACEMENT, value)


def shown(value: str) -> str:
    """Replace each unseen character that is refused by a visible U+FFFD, to echo it in a form."""
    return _UNSEEN.sub(REPLACEMENT, value)
