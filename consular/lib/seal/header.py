"""The header: who sealed what kind of document, and when (Doc 9303-13 §2.1)."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from consular.lib.seal import c40, dates
from consular.lib.seal.results import WrongFormatError

MAGIC = 0xDC
VERSIONS = {0x02: 3, 0x03: 4}  # the byte → the version that it means
REFERENCE_OF_VERSION_3 = 5  # characters
LONGEST_REFERENCE = 255  # what two hexadecimal digits can say
DEZV = "DEZV"  # Germany's administration (BSI TR-03171): writes the reference's length in decimal digits
ADMINISTRATIVE = frozenset({200, 201})  # the categories of its documents

COUNTRY = re.compile(r"[A-Z]{1,3}<{0,2}")
SIGNER = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
REFERENCE = re.compile(r"[0-9A-F]+")
IN_DECIMAL = re.compile(r"[0-9]{2}")

VISA = (0x5D, 0x01)  # feature definition reference and category of a visa


@dataclass(frozen=True)
class Header:
    """What stands in front of the features. `reference` names the signer's certificate."""

    version: int
    country: str  # one to three letters, without fillers
    signer: str
    reference: str
    issued_on: dt.date
    signed_on: dt.date
    definition: int
    category: int
    length: int  # in bytes

    @property
    def is_visa(self) -> bool:
        return (self.definition, self.category) == VISA

    @property
    def is_for_tests(self) -> bool:
        """Tell whether the reference is all zeros, which names no certificate."""
        return is_for_tests(self.reference)

    @property
    def names_certificate(self) -> bool:
        """Tell whether signer and reference are a certificate's own names.

        Germany's administration has numbers from its own register there, which no certificate holds (§3.3).
        """
        return not (self.signer == DEZV and self.category in ADMINISTRATIVE)

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "version_byte": self.version - 1,
            "country": self.country,
            "signer": self.signer,
            "cert_ref": self.reference,
            "issue_date": self.issued_on.isoformat(),
            "signature_date": self.signed_on.isoformat(),
            "feature_definition_ref": self.definition,
            "document_type_category": self.category,
            "header_length": self.length,
        }


def is_for_tests(reference: str) -> bool:
    return not reference.strip("0")


def decode(data: bytes) -> Header:
    """Read the header at the beginning of `data`; WrongFormatError when there is none."""
    cursor = _Cursor(data)
    if cursor.take(1)[0] != MAGIC:
        raise WrongFormatError("it does not begin with DC")
    version = VERSIONS.get(cursor.take(1)[0])
    if version is None:
        raise WrongFormatError("not version 3 or 4")
    country = _matching(COUNTRY, c40.decode(cursor.take(2))).rstrip(c40.FILLER)
    signer, reference = _of_version_3(cursor) if version == 3 else _of_version_4(cursor)  # noqa: PLR2004
    issued_on, signed_on = dates.decode(cursor.take(dates.SIZE)), dates.decode(cursor.take(dates.SIZE))
    definition, category = cursor.take(2)
    return Header(
        version, country, signer, reference, issued_on, signed_on, definition, category, length=cursor.place
    )


class _Cursor:
    """The bytes, and how far they have been read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def take(self, size: int) -> bytes:
        taken = self.data[self.place : self.place + size]
        if len(taken) != size:
            raise WrongFormatError("it ends in its header")
        self.place += size
        return taken


def _of_version_3(cursor: _Cursor) -> tuple[str, str]:
    text = c40.decode(cursor.take(c40.length(4 + REFERENCE_OF_VERSION_3)))
    return _matching(SIGNER, text[:4]), _matching(REFERENCE, text[4:])


def _of_version_4(cursor: _Cursor) -> tuple[str, str]:
    text = c40.decode(cursor.take(c40.length(6)))
    signer = _matching(SIGNER, text[:4])
    size = _size_of_reference(signer, text[4:])
    reference = c40.decode(cursor.take(c40.length(size)))
    if len(reference) != size:
        raise WrongFormatError("a reference of another length than it says")
    return signer, _matching(REFERENCE, reference)


def _size_of_reference(signer: str, digits: str) -> int:
    size = int(_matching(IN_DECIMAL, digits)) if signer == DEZV else int(_matching(REFERENCE, digits), 16)
    if not size:
        raise WrongFormatError("a reference of no characters")
    return size


def encode(  # noqa: PLR0913 - one keyword for each field of the header
    *,
    country: str,
    signer: str,
    reference: str,
    issued_on: dt.date,
    signed_on: dt.date,
    definition: int = VISA[0],
    category: int = VISA[1],
) -> bytes:
    """Return a header of version 4. Values as in `Header`; WrongFormatError when one does not fit."""
    _matching(COUNTRY, country)
    _matching(SIGNER, signer)
    if not REFERENCE.fullmatch(reference) or len(reference) > LONGEST_REFERENCE:
        raise WrongFormatError("the reference is 1 to 255 characters 0-9, A-F")
    if signer == DEZV:
        raise WrongFormatError("DEZV signs no visas and nothing of ours")
    named = f"{signer}{len(reference):02X}"
    return (
        bytes([MAGIC, 0x03])
        + c40.encode(country.ljust(3, c40.FILLER))
        + c40.encode(named)
        + c40.encode(reference)
        + dates.encode(issued_on)
        + dates.encode(signed_on)
        + bytes([definition, category])
    )


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise WrongFormatError(f"{text!r} is not what stands there in a header")
    return text
