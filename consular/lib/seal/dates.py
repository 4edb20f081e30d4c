"""Dates in three bytes: the number MMDDYYYY, big-endian."""

import datetime as dt

from consular.lib.seal.results import WrongFormatError

SIZE = 3


def encode(date: dt.date) -> bytes:
    """Return the three bytes of a date.

    >>> encode(dt.date(1957, 3, 25)).hex()
    '319ef5'
    """
    return (date.month * 1_000_000 + date.day * 10_000 + date.year).to_bytes(SIZE, "big")


def decode(data: bytes) -> dt.date:
    number = int.from_bytes(data, "big")
    try:
        return dt.date(number % 10_000, number // 1_000_000, number // 10_000 % 100)
    except ValueError:
        raise WrongFormatError("not a date") from None
