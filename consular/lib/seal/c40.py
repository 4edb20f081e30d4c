"""C40, the packed alphabet of Doc 9303-13 §2.3.1: three characters in two bytes.

A text has one encoding and no bytes but those of an encoding are read, so that what was signed can be
compared. The filler `<` is written as the space and comes back as the filler.
"""

from consular.lib.seal.results import WrongFormatError

FILLER = "<"
ALPHABET = "   <0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # the place is the value; 0 to 2 shift to sets that seals do not use
FIRST, PADDING = 3, 0
VALUES = {character: value for value, character in enumerate(ALPHABET) if value >= FIRST}
UNLATCH = 0xFE  # one character is left over; it follows in ASCII, plus one
LEFT_OVER = {ord(" " if character == FILLER else character) + 1: character for character in VALUES}
CODES = {character: code for code, character in LEFT_OVER.items()}


def encode(text: str) -> bytes:
    """Return the bytes of a text of capitals, digits and fillers; a space counts as a filler.

    >>> encode("XK<CD").hex(), encode("XKCD").hex()
    ('eb0466a9', 'eb11fe45')
    """
    text = text.replace(" ", FILLER)
    if strange := set(text).difference(VALUES):
        raise WrongFormatError(f"C40 has no {min(strange)!r}")
    return b"".join([_pair(text[place : place + 3]) for place in range(0, len(text), 3)])


def _pair(text: str) -> bytes:
    if len(text) == 1:
        return bytes([UNLATCH, CODES[text]])
    third = VALUES[text[2]] if len(text) > 2 else PADDING  # noqa: PLR2004 - three characters in two bytes
    return (1600 * VALUES[text[0]] + 40 * VALUES[text[1]] + third + 1).to_bytes(2, "big")


def decode(data: bytes) -> str:
    """Return the text of exactly these bytes; WrongFormatError when no text is encoded so."""
    if len(data) % 2:
        raise WrongFormatError("C40 comes in pairs of bytes")
    last = len(data) - 2
    pairs = [
        _characters(data[place], data[place + 1], is_last=place == last) for place in range(0, len(data), 2)
    ]
    return "".join(pairs)


def _characters(high: int, low: int, *, is_last: bool) -> str:
    if high == UNLATCH and is_last and low in LEFT_OVER:
        return LEFT_OVER[low]
    first, rest = divmod((high << 8 | low) - 1, 1600)
    second, third = divmod(rest, 40)
    if not (FIRST <= first < len(ALPHABET) and second >= FIRST):
        raise WrongFormatError("not a pair of C40")
    if third >= FIRST:
        return ALPHABET[first] + ALPHABET[second] + ALPHABET[third]
    if third != PADDING or not is_last:
        raise WrongFormatError("not a pair of C40")
    return ALPHABET[first] + ALPHABET[second]


def length(characters: int) -> int:
    """Return how many bytes so many characters take."""
    return 2 * -(-characters // 3)
