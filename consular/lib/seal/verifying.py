"""Checking a seal after ICAO's policy (Doc 9303-13 appendix D, 9303-7 §9.4)."""

import datetime as dt
from collections.abc import Iterator

from consular.lib.seal import c40, visa
from consular.lib.seal.certificates import Certificate
from consular.lib.seal.reading import Seal, read
from consular.lib.seal.results import Verdict, Word, WrongFormatError
from consular.lib.seal.trust import Trust

# (feature definition reference, category) → the tags that may hold a machine-readable zone
ZONES = {(0x5D, 0x01): (1, 2), (0x5E, 0x03): (2,), (0xFA, 0x06): (4,), (0xFB, 0x06): (2,), (0xFD, 0x02): (2,)}


def verify(data: bytes, trust: Trust, *, at: dt.date | None, for_tests: bool = False) -> Verdict:
    """Return the verdict on a seal as it was received; nothing that `data` may be raises anything.

    Certificates are judged as of `at`; None stands for the day on which the seal was signed. `for_tests`
    allows a reference of zeros.
    """
    try:
        seal = read(data)
        if seal.header.is_visa:
            visa.check(seal.features)
    except WrongFormatError:
        return Verdict.of({Word.WRONG_FORMAT})
    words = _of_signer(seal, trust, at or seal.header.signed_on, for_tests=for_tests)
    return _with_values(seal, words) if seal.header.is_visa else Verdict.of(words, seal)


def _with_values(seal: Seal, words: set[Word]) -> Verdict:
    """Add what the values of a visa tell. Under a wrong signature they are nobody's, and only their tags count."""
    if visa.unknown_tags(seal.features):
        words = words | {Word.UNKNOWN_FEATURE}
    signed = Word.INVALID_SIGNATURE not in words
    try:
        said = visa.decode(seal.features)
    except WrongFormatError:
        return Verdict.of(words | {Word.WRONG_FORMAT} if signed else words, seal)
    return Verdict.of(
        words | {Word.INVALID_VISA_MRZ} if signed and not said.zone_holds else words, seal, said
    )


def _of_signer(seal: Seal, trust: Trust, day: dt.date, *, for_tests: bool) -> set[Word]:
    """Return the words about certificate and signature; if several certificates fit, about the one that signed."""
    judged = [set(_of_certificate(seal, each, trust, day)) for each in trust.signers(seal.header)]
    if not seal.header.names_certificate:
        judged = [words for words in judged if Word.INVALID_SIGNATURE not in words]
    if not judged:
        return {Word.UNKNOWN_CERTIFICATE}
    words = min(judged, key=lambda each: (Word.INVALID_SIGNATURE in each, len(each)))
    return words | {Word.UNTRUSTED_CERTIFICATE} if seal.header.is_for_tests and not for_tests else words


def _of_certificate(seal: Seal, certificate: Certificate, trust: Trust, day: dt.date) -> Iterator[Word]:
    standing = trust.standing(certificate)
    if not standing.is_trusted:
        yield Word.UNTRUSTED_CERTIFICATE
    if not allows(certificate, seal):
        yield Word.INVALID_DOCUMENTTYPE
    if not all(each.was_good_on(day) for each in (certificate, standing.issuer) if each):
        yield Word.EXPIRED_CERTIFICATE
    if standing.is_revoked:
        yield Word.REVOKED_CERTIFICATE
    if not certificate.seals(seal.signed, seal.signature):
        yield Word.INVALID_SIGNATURE


def allows(certificate: Certificate, seal: Seal) -> bool:
    """Tell whether the certificate may seal this type of document, as its machine-readable zone names it.

    A listed letter stands for all types that begin with it. Documents without a zone are not limited.
    """
    if certificate.document_types is None:
        return True
    kind = document_type(seal)
    return kind is None or bool(certificate.document_types & {kind, kind[:1]})


def document_type(seal: Seal) -> str | None:
    """Return the one or two letters at the beginning of the document's zone; None where it has no zone."""
    tags = ZONES.get((seal.header.definition, seal.header.category), ())
    value = next((value for tag in tags if (value := seal.value(tag)) is not None), None)
    if value is None:
        return None
    try:
        return c40.decode(value[:2])[:2].rstrip(c40.FILLER)
    except WrongFormatError:
        return ""
