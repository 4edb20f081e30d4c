"""What the authority makes: its own certificate, those of keys, and revocation lists. Pure: keys in, bytes out.

Certificates of seals are as ICAO Doc 9303-12 has them: subject C and CN of two characters each, the reference as
serial number, the extended key usage critical, and the list of document types. The curve is named, not spelled out
as 9303-12 asks: browsers load no other (decision 32).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from consular.lib.seal.certificates import DOCUMENT_TYPES, SEAL_SIGNER, DocumentTypeList
from visas.seals.status import Reason, Use

SIGNING = dt.timedelta(days=365)
LONGEST_VISA = dt.timedelta(days=5 * 366)
AUTHORITY_LASTS = dt.timedelta(days=15 * 366)
LIST_LASTS = dt.timedelta(days=400)
HASH = hashes.SHA256()


def authority(key: ec.EllipticCurvePrivateKey, country: str, *, now: dt.datetime) -> bytes:
    """Return the certificate of a root, signed by itself (DER)."""
    name = _name(country, f"{country} Visa Authority {now:%Y}")
    builder = (
        _builder(name, name, key.public_key(), now, now + AUTHORITY_LASTS)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _signed(builder, key)


def certificate(  # noqa: PLR0913 - one keyword for each field of the certificate
    root: bytes,
    key: ec.EllipticCurvePrivateKey,
    public_key: Any,
    *,
    use: Use,
    signer: str,
    reference: str,
    now: dt.datetime,
) -> bytes:
    """Return the certificate of one of our keys (DER)."""
    issuer = x509.load_der_x509_certificate(root)
    last = min(now + SIGNING + LONGEST_VISA, issuer.not_valid_after_utc)
    subject = _name(signer[:2], signer[2:] if use is Use.SEAL else f"{signer} {use} {reference}")
    serial = int(reference, 16) if use is Use.SEAL else x509.random_serial_number()
    builder = _builder(subject, issuer.subject, public_key, now, last).serial_number(serial)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    )
    for extension, critical in _extensions(use):
        builder = builder.add_extension(extension, critical=critical)
    return _signed(builder, key)


def _extensions(use: Use) -> list[tuple[x509.ExtensionType, bool]]:
    if use is Use.SEAL:
        return [
            (x509.ExtendedKeyUsage([x509.ObjectIdentifier(SEAL_SIGNER)]), True),
            (x509.UnrecognizedExtension(x509.ObjectIdentifier(DOCUMENT_TYPES), _document_types("V")), False),
        ]
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True, content_commitment=use is Use.PAPER), True),
    ]


def revocation_list(
    root: bytes,
    key: ec.EllipticCurvePrivateKey,
    revoked: Iterable[tuple[int, Reason, dt.datetime]],
    *,
    number: int,
    now: dt.datetime,
) -> bytes:
    """Return the list of the serial numbers that the authority takes back (DER)."""
    issuer = x509.load_der_x509_certificate(root)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(now)
        .next_update(now + LIST_LASTS)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for serial, reason, at in revoked:
        flag = x509.CRLReason(x509.ReasonFlags[str(reason)])
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
        builder = builder.add_revoked_certificate(entry.add_extension(flag, critical=False).build())
    return builder.sign(key, HASH).public_bytes(_DER)


def request(key: Any, *, use: Use, signer: str, reference: str) -> bytes:
    """Return a request for a certificate (PKCS#10, PEM); its subject tells the authority what to certify."""
    subject = x509.Name(
        [
            *_name(signer[:2], signer[2:]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, str(use)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, reference),
        ]
    )
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, HASH)
    return made.public_bytes(_PEM)


def certify(root: bytes, key: ec.EllipticCurvePrivateKey, pem: bytes, *, now: dt.datetime) -> bytes:
    """Return the certificate that a request asks for; ValueError when it was not made by the key in it, or is none."""
    asked = x509.load_pem_x509_csr(pem)
    if not asked.is_signature_valid:
        raise ValueError("The request was not signed by the key that is in it.")
    country, name, use, reference = (
        str(asked.subject.get_attributes_for_oid(each)[0].value)
        for each in (
            NameOID.COUNTRY_NAME,
            NameOID.COMMON_NAME,
            NameOID.ORGANIZATIONAL_UNIT_NAME,
            NameOID.SERIAL_NUMBER,
        )
    )
    public: Any = asked.public_key()
    return certificate(root, key, public, use=Use(use), signer=country + name, reference=reference, now=now)


_DER, _PEM = Encoding.DER, Encoding.PEM


def _document_types(*types: str) -> bytes:
    return bytes(DocumentTypeList({"version": 0, "document_types": list(types)}).dump())  # type: ignore[no-untyped-call]


def _name(country: str, common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, country), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: Any, first: dt.datetime, last: dt.datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key)
    return builder.not_valid_before(first.replace(microsecond=0)).not_valid_after(last.replace(microsecond=0))


def _usage(**wanted: bool) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in every})


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(key, HASH).public_bytes(_DER)
