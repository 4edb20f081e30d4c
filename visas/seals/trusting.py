"""Our own seals as the world sees them: with the certificates and lists that we publish, and nothing else."""

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
        *RevocationList.objects.newest().values_list("content", flat=True),
    ]
    found = [each for der in ders if der for each in read_all(bytes(der))]
    return Trust(
        tuple(each for each in found if isinstance(each, Certificate)),
        tuple(each for each in found if isinstance(each, ReadList)),
    )
