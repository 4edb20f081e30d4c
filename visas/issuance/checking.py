"""The portal reads its own paper before anybody else does: as a scanner, as a border, and as an archive.

What is found here is a `Fault`; a paper with one is not signed, not kept and not shown.
"""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp
from cryptography import x509
from pikepdf import pdfa

from consular.lib.seal import carrying, verifying
from consular.lib.seal.results import Verdict
from visas.issuance import sealing
from visas.issuance.models import EVisa
from visas.issuance.status import Fault
from visas.seals import pades
from visas.seals.trusting import our_trust

LARGEST = 60_000  # bytes, with the signature
RESOLUTIONS = (150, 300)  # dots an inch
POINTS = 72
MATRIX, LINK = zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode
BOTH = zxingcpp.barcode_formats_from_str("DataMatrix,QRCode")


def faults_of_seal(evisa: EVisa, *, on: dt.date) -> Iterator[Fault]:
    """Yield what is wrong with the seal, seen with the certificates that everybody has."""
    verdict = verifying.verify(bytes(evisa.seal or b""), our_trust(), at=on)
    if not verdict.is_valid:
        yield Fault.SEAL
    if not says_the_same(evisa, verdict):
        yield Fault.CONTENT
    if not outlasts(evisa):
        yield Fault.CERTIFICATE


def says_the_same(evisa: EVisa, verdict: Verdict) -> bool:
    """Tell whether a seal says what the record says, its place in the status list too."""
    said, seal = verdict.visa, verdict.seal
    return (
        said is not None
        and seal is not None
        and said == sealing.content(evisa)
        and seal.value(sealing.STATUS) == sealing.place(evisa)
    )


def outlasts(evisa: EVisa) -> bool:
    """Tell whether the certificate of the seal is good to the visa's last day."""
    if evisa.seal_key is None or evisa.seal_key.certificate is None:
        return False
    certificate = x509.load_der_x509_certificate(bytes(evisa.seal_key.certificate))
    return certificate.not_valid_after_utc.date() >= evisa.valid_until


def faults_of_paper(evisa: EVisa, pdf: bytes) -> Iterator[Fault]:
    """Yield what is wrong with a paper that is not signed yet."""
    seal = bytes(evisa.seal or b"")
    with pypdfium2.PdfDocument(pdf) as document:  # type: ignore[no-untyped-call]
        if len(document) != 1:
            yield Fault.PAGES
        if not zone_is_on(document[0], evisa):
            yield Fault.ZONE
        read = [codes_on(picture(document[0], dpi)) for dpi in RESOLUTIONS]
    if not all(codes.get(MATRIX) == seal for codes in read):
        yield Fault.MATRIX
    if not all(carrying.in_code(codes.get(LINK, b"")) == seal for codes in read):
        yield Fault.LINK
    if not is_archive(pdf):
        yield Fault.ARCHIVE


def zone_is_on(page: Any, evisa: EVisa) -> bool:
    text = page.get_textpage().get_text_bounded()
    return all(line in text for line in evisa.mrz_lines)


def picture(page: Any, dpi: int) -> Any:
    return page.render(scale=dpi / POINTS, grayscale=True).to_pil()


def codes_on(image: Any) -> dict[Any, bytes]:
    """Return what the codes of a picture hold, by their kind."""
    return {each.format: bytes(each.bytes) for each in zxingcpp.read_barcodes(image, formats=BOTH)}


def is_archive(pdf: bytes) -> bool:
    """Tell whether it is PDF/A-3. The checker knows level B: it is shown a copy that claims that level, not A."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        claimed = document.Root.Metadata.read_bytes()
        if b">A</pdfaid:conformance>" not in claimed and b'conformance="A"' not in claimed:
            return False
        document.Root.Metadata.write(
            claimed.replace(b">A</pdfaid:conformance>", b">B</pdfaid:conformance>").replace(
                b'conformance="A"', b'conformance="B"'
            ),
            filter=None,
        )
        return bool(pdfa.check(document, "3b").passed)


def faults_of_file(signed: bytes) -> Iterator[Fault]:
    """Yield what is wrong with the signed file."""
    if not pades.holds(signed):
        yield Fault.SIGNATURE
    if len(signed) > LARGEST:
        yield Fault.SIZE
