"""Signing a PDF (PAdES-B, ETSI EN 319 142) with the active key of papers, and telling whether a signature holds."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from asn1crypto import core, x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from visas.seals import custody, signing
from visas.seals.models import Authority, SignerKey
from visas.seals.status import Use

T = TypeVar("T")

FIELD = "Issuer"
DIGEST = "sha256"
ROOM = 6000  # hexadecimal digits for the signature with its certificate, about 2.3 kB


class KeptKey(Signer):
    """Signs with a key as its keeper gives it. pyHanko's own signer loads and checks an RSA key each time."""

    def __init__(self, key: SignerKey, authority: Authority) -> None:
        kept = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        kept.register(asn1.Certificate.load(bytes(authority.certificate)))
        certificate = asn1.Certificate.load(bytes(key.certificate or b""))
        super().__init__(signing_cert=certificate, cert_registry=kept, embed_roots=False)
        self._key = custody.keeper.key(key.secret)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's own signature
        if dry_run:
            return bytes(custody.RSA_BITS // 8)
        return bytes(self._key.sign(data, padding.PKCS1v15(), hashes.SHA256()))


def sign(pdf: bytes, *, reason: str, name: str) -> bytes:
    """Return the PDF with a signature appended; the bytes before it are as they were."""
    key = signing.active(Use.PAPER)
    if key.authority is None:
        raise signing.NoKeyError(Use.PAPER)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=name,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    signer = signers.PdfSigner(metadata, signer=KeptKey(key, key.authority))
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed = apart(lambda: signer.sign_pdf(writer, bytes_reserved=ROOM))
    return bytes(signed.getvalue())


def apart(work: Callable[[], T]) -> T:
    """Do work of pyHanko in a thread of its own: it starts an event loop, which no thread has twice."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def holds(pdf: bytes) -> bool:
    """Tell whether the PDF bears one signature, by a key of ours, over every byte but the signature's own."""
    roots = [asn1.Certificate.load(bytes(each.certificate)) for each in Authority.objects.all()]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    try:
        [found] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        status = apart(lambda: validate_pdf_signature(found, context))
        return covers_all(found, pdf) and bool(status.bottom_line)
    except Exception:  # noqa: BLE001 - a damaged file is whatever pyHanko makes of it, and never ours
        return False


def covers_all(found: Any, pdf: bytes) -> bool:
    """Tell whether nothing stands outside of what was signed: no byte after it, and only zeros where it has room."""
    first, end, begin, rest = found.byte_range
    room = bytes.fromhex(pdf[end + 1 : begin - 1].decode("ascii"))
    signature = core.Sequence.load(room).dump()
    return first == 0 and begin + rest == len(pdf) and not any(room[len(signature) :])
