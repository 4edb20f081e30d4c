"""Certificates and revocation lists, read leniently: what states publish is not always what RFC 5280 says.

asn1crypto takes what cryptography refuses (NULL parameters, curves spelled out, brainpoolP224r1). Lenient is
the reading only: a key that cannot be used, or a field that cannot be understood, never makes a seal valid.
"""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from asn1crypto import algos, core, crl, pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from consular.lib.seal import curves, ecdsa
from consular.lib.seal.curves import Curve
from consular.lib.seal.ecdsa import ALGORITHMS, Verify

SEAL_SIGNER = "2.23.136.1.1.11.1"  # extended key usage (Doc 9303-12, table 7)
DOCUMENT_TYPES = "2.23.136.1.1.6.2"  # documentTypeList
DER = "DER"  # the kind of what is not PEM
UNREADABLE = frozenset({"?"})  # a list of types that nobody can read allows none

Holds = Callable[[str, dict[str, Any], bytes, bytes], bool]  # algorithm, its parameters, message, signature


@dataclass(frozen=True)
class Signed:
    """What an authority has signed, whatever it is."""

    issuer: str
    message: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    algorithm: str
    hash: str
    salt: int


@dataclass(frozen=True)
class Certificate(Signed):
    """What matters of a certificate. None stands for an extension that it does not have."""

    subject: str
    country: str
    common_name: str
    serial: int
    first_day: dt.date
    last_day: dt.date
    is_authority: bool
    usage: frozenset[str] | None
    extended_usage: frozenset[str] | None
    document_types: frozenset[str] | None
    curve: Curve | None
    verify: Verify | None = field(repr=False)
    rsa_key: rsa.RSAPublicKey | None = field(repr=False)

    @property
    def signer(self) -> str:
        """The four characters by which seals name it."""
        return (self.country + self.common_name).upper()

    @property
    def may_seal(self) -> bool:
        """Tell whether its usages, as far as it names any, are those of a signer of seals."""
        signs = self.usage is None or "digital_signature" in self.usage
        seals = self.extended_usage is None or SEAL_SIGNER in self.extended_usage
        return signs and seals and self.curve is not None

    @property
    def may_issue(self) -> bool:
        return self.is_authority and (self.usage is None or "key_cert_sign" in self.usage)

    def was_good_on(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def seals(self, message: bytes, signature: bytes) -> bool:
        """Tell whether r‖s is its signature of the message."""
        if self.curve is None or self.verify is None:
            return False
        return ecdsa.raw_signature_holds(self.curve, self.verify, signature, message)

    def has_signed(self, other: Signed) -> bool:
        """Tell whether another certificate, or a list, bears its signature."""
        if other.hash not in ALGORITHMS:
            return False
        digest = hashlib.new(other.hash, other.message).digest()
        if other.algorithm == "ecdsa" and self.verify is not None:
            return self._has_signed_on_curve(other, digest)
        return self.rsa_key is not None and _rsa_holds(self.rsa_key, other, digest)

    def _has_signed_on_curve(self, other: Signed, digest: bytes) -> bool:
        try:
            pair = algos.DSASignature.load(other.signature, strict=True).native
            return cast("Verify", self.verify)(pair["r"], pair["s"], other.hash, digest)
        except (ValueError, TypeError, OverflowError):
            return False


@dataclass(frozen=True)
class RevocationList(Signed):
    """The serial numbers that an authority has taken back."""

    serials: frozenset[int]


def _rsa_holds(key: rsa.RSAPublicKey, other: Signed, digest: bytes) -> bool:
    algorithm = ALGORITHMS[other.hash]()
    schemes: dict[str, padding.AsymmetricPadding] = {
        "rsassa_pkcs1v15": padding.PKCS1v15(),
        "rsassa_pss": padding.PSS(padding.MGF1(algorithm), other.salt),
    }
    if other.algorithm not in schemes:
        return False
    try:
        key.verify(other.signature, digest, schemes[other.algorithm], Prehashed(algorithm))
    except (InvalidSignature, ValueError):
        return False
    return True


# Reading


def read_all(data: bytes) -> Iterator[Certificate | RevocationList | Exception]:
    """Yield what a file holds, in PEM or DER; what cannot be read comes as the error."""
    for kind, content in _blocks(data):
        try:
            if kind == "X509 CRL":
                yield _revocation_list(content)
            elif kind in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"):
                yield _certificate(content)
            elif kind == DER:
                yield _either(content)
        except Exception as error:  # noqa: BLE001 - asn1crypto raises whatever its tables and codecs raise
            yield error


def _blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    if not pem.detect(data):
        yield (DER, data)
        return
    try:
        for kind, _, content in pem.unarmor(data, multiple=True):
            yield str(kind), content
    except ValueError:
        yield ("CERTIFICATE", b"")


def _either(data: bytes) -> Certificate | RevocationList:
    """Return what DER holds, which does not say what it is: a certificate, or else a list."""
    try:
        return _certificate(data)
    except Exception:
        with contextlib.suppress(Exception):
            return _revocation_list(data)
        raise


def _certificate(data: bytes) -> Certificate:
    whole = x509.Certificate.load(data, strict=True)
    names = whole.subject.native
    first, last = whole.not_valid_before, whole.not_valid_after
    info = whole.public_key
    curve = _curve(info)
    point = curve.point(bytes(info["public_key"])) if curve else None
    extensions = {
        each["extn_id"].dotted: each["extn_value"] for each in whole["tbs_certificate"]["extensions"]
    }
    constraints, usage, extended = (
        whole.basic_constraints_value, whole.key_usage_value, whole.extended_key_usage_value,
    )  # fmt: skip
    return Certificate(
        **_signed(whole, whole["tbs_certificate"], whole.issuer),
        subject=whole.subject.hashable,
        country=_text(names.get("country_name")),
        common_name=_text(names.get("common_name")),
        serial=whole.serial_number,
        first_day=first.astimezone(dt.UTC).date(),
        last_day=last.astimezone(dt.UTC).date(),
        is_authority=bool(constraints and constraints["ca"].native),
        usage=None if usage is None else frozenset(usage.native),
        extended_usage=None if extended is None else frozenset(each.dotted for each in extended),
        document_types=_document_types(extensions),
        curve=curve if point else None,
        verify=ecdsa.verifier(curve, point) if curve and point else None,
        rsa_key=_rsa_key(info),
    )


def _signed(whole: Any, message: Any, issuer: Any) -> dict[str, Any]:
    signed = whole["signature_algorithm"]
    algorithm = signed.signature_algo
    return {
        "issuer": issuer.hashable,
        "message": message.dump(),
        "signature": bytes(whole["signature_value" if "signature_value" in whole else "signature"]),
        "algorithm": algorithm,
        "hash": signed.hash_algo,
        "salt": signed["parameters"]["salt_length"].native if algorithm == "rsassa_pss" else 0,
    }


def _text(value: Any) -> str:
    """Return a part of a name; a name may hold the same part twice, which is no signer's."""
    return value if isinstance(value, str) else ""


def _curve(info: Any) -> Curve | None:
    if info.algorithm != "ec":
        return None
    parameters = info["algorithm"]["parameters"]
    if parameters.name == "named":
        return curves.named(parameters.chosen.dotted)
    if parameters.name != "specified":
        return None
    domain = parameters.chosen
    field_id, base = domain["field_id"], bytes(domain["base"])
    if field_id["field_type"].native != "prime_field" or base[:1] != b"\x04":
        return None
    half = len(base) // 2
    coefficients = (int.from_bytes(domain["curve"][name].native, "big") for name in ("a", "b"))
    generator = (int.from_bytes(each, "big") for each in (base[1 : 1 + half], base[1 + half :]))
    return curves.spelled_out(
        field_id["parameters"].native, *coefficients, *generator, domain["order"].native
    )


def _rsa_key(info: Any) -> rsa.RSAPublicKey | None:
    if info.algorithm not in ("rsa", "rsassa_pss"):
        return None
    numbers = info["public_key"].parsed.native
    return rsa.RSAPublicNumbers(numbers["public_exponent"], numbers["modulus"]).public_key()


class _DocumentTypes(core.SetOf):
    _child_spec = core.PrintableString


class DocumentTypeList(core.Sequence):
    """What the extension holds that limits a certificate to types of documents."""

    _fields = [("version", core.Integer), ("document_types", _DocumentTypes)]


def _document_types(extensions: dict[str, Any]) -> frozenset[str] | None:
    if DOCUMENT_TYPES not in extensions:
        return None
    try:
        listed = DocumentTypeList.load(extensions[DOCUMENT_TYPES].native, strict=True)  # type: ignore[no-untyped-call]
        return frozenset(each.rstrip("<") for each in listed["document_types"].native)
    except (ValueError, TypeError):
        return UNREADABLE


def _revocation_list(data: bytes) -> RevocationList:
    whole = crl.CertificateList.load(data, strict=True)
    body = whole["tbs_cert_list"]
    revoked = body["revoked_certificates"]
    return RevocationList(
        **_signed(whole, body, whole.issuer),
        serials=frozenset(each["user_certificate"].native for each in (revoked or ())),
    )
