"""Writing seals of version 4."""

import datetime as dt
from collections.abc import Callable

from consular.lib.seal import der, features, header
from consular.lib.seal.features import SIGNATURE, Feature
from consular.lib.seal.reading import read
from consular.lib.seal.results import WrongFormatError

Sign = Callable[[bytes], bytes]  # the bytes to be signed → r‖s


def to_be_signed(  # noqa: PLR0913 - one keyword for each field of the header
    message: tuple[Feature, ...],
    *,
    country: str,
    signer: str,
    reference: str,
    issued_on: dt.date,
    signed_on: dt.date,
    test: bool = False,
) -> bytes:
    """Return header and message zone of a visa's seal. Only a test may have a reference of zeros."""
    if header.is_for_tests(reference) and not test:
        raise WrongFormatError("a reference of zeros is for tests")
    head = header.encode(
        country=country, signer=signer, reference=reference, issued_on=issued_on, signed_on=signed_on
    )
    return head + features.encode(message)


def seal(signed: bytes, sign: Sign) -> bytes:
    """Return the whole seal: what is signed, and its signature."""
    signature = sign(signed)
    whole = signed + bytes([SIGNATURE]) + der.encode(len(signature)) + signature
    if read(whole).signed != signed:
        raise WrongFormatError("the seal would be read as something else")
    return whole
