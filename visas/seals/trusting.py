"""Our own seals as the world sees them: with the certificates and lists that we publish, and nothing else."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from consular.lib.seal.certificates import Certificate, RevocationList as ReadList, read_all
from consular.lib.seal.trust import Trust
from visas.seals.models import Authority, RevocationList, SignerKey
from visas.seals.status import State, Use


def our_trust() -> Trust:
    """Return what the trust bundle says; a revoked key is no certificate of ours, whether a list names it or not."""
    keys = SignerKey.objects.of(Use.SEAL).known().exclude(state=State.REVOKED)
    ders = [
        *Authority.objects.values_list("certificate", flat=True),
        *keys.values_list("certificate", flat=True),
    ]
    found = [each for der in ders if der for each in read_all(bytes(der)) if isinstance(each, Certificate)]
    return Trust(tuple(found), tuple(_lists()))


def _lists() -> list[ReadList]:
    contents = RevocationList.objects.order_by("-authority_id", "-number").distinct("authority_id")
    pems = (x509.load_der_x509_crl(bytes(each.content)).public_bytes(Encoding.PEM) for each in contents)
    return [found for pem in pems for found in read_all(pem) if isinstance(found, ReadList)]
