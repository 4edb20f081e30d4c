"""Questions about certificates and lists of our own authority. Foreign ones are `consular.lib.seal.certificates`."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from visas.seals.models import Authority, SignerKey
from visas.seals.status import Use


def der(data: bytes) -> bytes:
    """Return a certificate in DER, whatever it came in; ValueError if it is none."""
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    return x509.load_der_x509_certificate(data).public_bytes(Encoding.DER)


def list_der(data: bytes) -> bytes:
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_crl(data).public_bytes(Encoding.DER)
    return x509.load_der_x509_crl(data).public_bytes(Encoding.DER)


def belongs_to(key: SignerKey, certificate: bytes) -> Authority | None:
    """Return the authority of ours that certified this very key for its use; None for any other certificate."""
    try:
        found = x509.load_der_x509_certificate(certificate)
    except ValueError:
        return None
    public = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if public != bytes(key.public_key) or not _is_named(key, found):
        return None
    return next((each for each in Authority.objects.all() if has_issued(each, found)), None)


def _is_named(key: SignerKey, found: x509.Certificate) -> bool:
    """Tell whether a certificate of seals says what the seals will say: signer and reference."""
    if key.use != Use.SEAL:
        return True
    subject = "".join(str(each.value) for each in found.subject)
    return subject == key.signer and found.serial_number == int(key.reference, 16)


def has_issued(authority: Authority, found: x509.Certificate) -> bool:
    try:
        found.verify_directly_issued_by(x509.load_der_x509_certificate(bytes(authority.certificate)))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def is_authority(certificate: bytes) -> bool:
    """Tell whether it is a certificate of a root of this state, on P-256, signed by itself."""
    found = x509.load_der_x509_certificate(certificate)
    public = found.public_key()
    try:
        found.verify_directly_issued_by(found)
        may = found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    countries = [each.value for each in found.subject.get_attributes_for_oid(x509.NameOID.COUNTRY_NAME)]
    on_curve = isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1)
    return may and on_curve and countries == [settings.IDENTITY.alpha2]


def is_signed_list(authority: Authority, content: bytes) -> bool:
    found = x509.load_der_x509_crl(content)
    public = x509.load_der_x509_certificate(bytes(authority.certificate)).public_key()
    return isinstance(public, ec.EllipticCurvePublicKey) and found.is_signature_valid(public)


def list_number(content: bytes) -> int:
    extensions = x509.load_der_x509_crl(content).extensions
    return extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def serial_of(key: SignerKey) -> int:
    return x509.load_der_x509_certificate(bytes(key.certificate or b"")).serial_number
