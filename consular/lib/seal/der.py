"""Lengths: one byte in version 3, DER in version 4, where a length has one encoding only."""

from consular.lib.seal.results import WrongFormatError

ONE_BYTE, TWO_BYTES = 0x81, 0x82
SHORTEST_LONG, SHORTEST_TWO, LIMIT = 0x80, 0x100, 0x10000


def encode(length: int) -> bytes:
    """Return a length in DER, as version 4 has it.

    >>> encode(127).hex(), encode(128).hex(), encode(256).hex()
    ('7f', '8180', '820100')
    """
    if length < SHORTEST_LONG:
        return bytes([length])
    if length < SHORTEST_TWO:
        return bytes([ONE_BYTE, length])
    if length < LIMIT:
        return bytes([TWO_BYTES]) + length.to_bytes(2, "big")
    raise WrongFormatError("too long for a seal")


def decode(data: bytes, place: int, *, version: int) -> tuple[int, int]:
    """Return the length that stands at `place`, and the place after it; WrongFormatError if it is not minimal."""
    head = byte_at(data, place)
    if version == 3 or head < SHORTEST_LONG:  # noqa: PLR2004 - the version of the format
        return head, place + 1
    size = {ONE_BYTE: 1, TWO_BYTES: 2}.get(head)
    if size is None or place + 1 + size > len(data):
        raise WrongFormatError("not a length")
    value = int.from_bytes(data[place + 1 : place + 1 + size], "big")
    if value < (SHORTEST_LONG if size == 1 else SHORTEST_TWO):
        raise WrongFormatError("a longer length than needed")
    return value, place + 1 + size


def byte_at(data: bytes, place: int) -> int:
    if place >= len(data):
        raise WrongFormatError("it ends too early")
    return data[place]
