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
MOST = 39 * 1600 + 39 * 40 + 39


def encode(text: str) -> bytes:
    """Return the bytes of a text of capitals, digits and fillers; a space counts as a filler.

    >>> encode("XK<CD").hex(), encode("XKCD").hex()
    ('eb0466a9', 'eb11fe45')
    """
    text = text.replace(" ", FILLER)
    if strange := set(text) - set(VALUES):
        raise WrongFormatError(f"C40 has no {min(strange)!r}")
    return b"".join(_pair(text[place : place + 3]) for place in range(0, len(text), 3))


def _pair(text: str) -> bytes:
    if len(text) == 1:
        return bytes([UNLATCH, CODES[text]])
    first, second, third = [*(VALUES[character] for character in text), PADDING][:3]
    return (1600 * first + 40 * second + third + 1).to_bytes(2, "big")


def decode(data: bytes) -> str:
    """Return the text of exactly these bytes; WrongFormatError when no text is encoded so."""
    if len(data) % 2:
        raise WrongFormatError("C40 comes in pairs of bytes")
    last = len(data) - 2
    return "".join(
        _characters(data[place : place + 2], is_last=place == last) for place in range(0, len(data), 2)
    )


def _characters(pair: bytes, *, is_last: bool) -> str:
    if pair[0] == UNLATCH and is_last:
        if pair[1] not in LEFT_OVER:
            raise WrongFormatError("not a character of C40")
        return LEFT_OVER[pair[1]]
    packed = int.from_bytes(pair, "big") - 1
    if not 0 <= packed <= MOST:
        raise WrongFormatError("not a pair of C40")
    values = [packed // 1600, packed // 40 % 40, packed % 40]
    if is_last and values[2] == PADDING:
        del values[2]
    if min(values) < FIRST:
        raise WrongFormatError("not a character of C40")
    return "".join(ALPHABET[value] for value in values)


def length(characters: int) -> int:
    """Return how many bytes so many characters take."""
    return 2 * -(-characters // 3)
