"""Published seals, and seals, signers and authorities of our own to go wrong with."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from consular.lib import mrz
from consular.lib.seal import c40, dates, visa, writing
from consular.lib.seal.certificates import DOCUMENT_TYPES, SEAL_SIGNER
from consular.lib.seal.features import Feature
from consular.lib.seal.trust import Trust
from consular.lib.seal.visa import SECOND_LINE, Visa

VECTORS = Path(__file__).parent / "vectors"
PUBLISHED = json.loads((VECTORS / "seals.json").read_text())
PRIMITIVES = json.loads((VECTORS / "primitives.json").read_text())
TODAY = dt.date(2026, 11, 24)
SIGNED = {"issued_on": dt.date(2026, 11, 20), "signed_on": dt.date(2026, 11, 21)}
NAMED = {"country": "QNR", "signer": "QNVS", "reference": "1A2B"}
HOLDER = {
    "state": "QNR", "surname": "Azad", "given_names": "Shirin", "number": "V1234567", "nationality": "IRN",
    "birth": dt.date(1990, 5, 1), "sex": "F", "expiry": dt.date(2027, 1, 31),
}  # fmt: skip


def published(name):
    return next(each for each in PUBLISHED if each["id"] == name)


def raw(name):
    return bytes.fromhex(published(name)["hex"])


@cache
def published_trust():
    return Trust.of(VECTORS / "certs")


# Keys that are the same in every run, and signatures too


@cache
def key(number=1):
    return ec.derive_private_key(20261124 + number, ec.SECP256R1())


def sign(message, number=1):
    algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    return b"".join(
        half.to_bytes(32, "big") for half in decode_dss_signature(key(number).sign(message, algorithm))
    )


# Seals


def visa_of(**changes):
    lines = mrz.mrv_a(**HOLDER)
    fields = {
        "zone": (lines[0], lines[1][:SECOND_LINE]),
        "duration": (30, 0, 0),
        "passport_number": "A12345678",
    }
    return Visa(**{**fields, **changes})


def message(*more, **changes):
    return visa.encode(visa_of(**changes), more)


def unsigned(features=None, **header):
    return writing.to_be_signed(message() if features is None else features, **{**NAMED, **SIGNED, **header})


def sealed(features=None, *, by=1, **header):
    return writing.seal(unsigned(features, **header), lambda signed: sign(signed, by))


def signed_anyhow(data, by=1):
    """Return bytes with a good signature, whatever they are."""
    return data + b"\xff\x40" + sign(data, by)


def header_of_version_3(category=b"\x5d\x01", reference="01A2B"):
    head = b"\xdc\x02" + c40.encode("QNR") + c40.encode("QNVS" + reference)
    return head + dates.encode(SIGNED["issued_on"]) + dates.encode(SIGNED["signed_on"]) + category


def zone(features):
    """Return a message zone with one byte for each length, whatever the features are."""
    return b"".join(bytes([each.tag, len(each.value)]) + each.value for each in features)


def head():
    """Return the header of one of our seals."""
    return unsigned(())


def feature(tag, value):
    return Feature(tag, bytes.fromhex(value))


# Certificates


def name(country="QN", common_name="VS", **more):
    parts = [(NameOID.COUNTRY_NAME, country), (NameOID.COMMON_NAME, common_name)]
    parts += [(getattr(NameOID, kind), value) for kind, value in more.items()]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


AUTHORITY = name(common_name="CSCA Naruvia")


def certificate(
    number=1,
    *,
    subject=None,
    issuer=AUTHORITY,
    signed_by=100,
    serial=0x1A2B,
    days=(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
    extensions=(),
    public_key=None,
    rsa_padding=None,
):
    begin, end = (dt.datetime.combine(day, dt.time(12), dt.UTC) for day in days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject or name())
        .issuer_name(issuer)
        .public_key(public_key or key(number).public_key())
        .serial_number(serial)
        .not_valid_before(begin)
        .not_valid_after(end)
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    by = key(signed_by) if isinstance(signed_by, int) else signed_by
    return builder.sign(by, hashes.SHA256(), rsa_padding=rsa_padding)


def usage(oid=SEAL_SIGNER):
    return x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid)]), True


def key_usage(**named):
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{each: each in named for each in names}), True


def document_types(*codes):
    listed = b"".join(b"\x13" + bytes([len(code)]) + code.encode() for code in codes)
    value = b"\x02\x01\x00\x31" + bytes([len(listed)]) + listed
    content = b"\x30" + bytes([len(value)]) + value
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(DOCUMENT_TYPES), content), False


def authority(signed_by=100, **changes):
    limits = [(x509.BasicConstraints(ca=True, path_length=0), True)]
    changes.setdefault("days", (dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
    return certificate(100, subject=AUTHORITY, signed_by=signed_by, serial=1, extensions=limits, **changes)


def revoking(*serials, signed_by=100, issuer=AUTHORITY):
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(at)
    builder = builder.next_update(at + dt.timedelta(days=90))
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        builder = builder.add_revoked_certificate(revoked)
    return builder.sign(key(signed_by), hashes.SHA256())


def write(folder, *things, encoding=serialization.Encoding.PEM):
    """Write certificates and lists into a folder and return it."""
    folder.mkdir(exist_ok=True)
    for place, thing in enumerate(things):
        (folder / f"{place}.pem").write_bytes(thing.public_bytes(encoding))
    return folder


def trusting(folder, *things):
    return Trust.of(write(folder, *things))
