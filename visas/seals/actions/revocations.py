"""A demonstration's authority is here and signs its revocation list itself; a real one is asked (keys.md)."""

from django.utils import timezone

from visas.seals import certifying, custody
from visas.seals.certificates import serial_of
from visas.seals.models import RevocationList, SignerKey
from visas.seals.status import Reason


def list_what_is_revoked(key: SignerKey) -> None:
    """Sign a new list with every revoked key of the same authority, if that authority's key is here."""
    authority = key.authority
    if authority is None or not authority.secret:
        return
    number = authority.last_list_number + 1
    content = certifying.revocation_list(
        bytes(authority.certificate),
        custody.keeper.key(authority.secret),
        [
            (serial_of(each), Reason(each.revocation_reason), each.revoked_at or timezone.now())
            for each in authority.revoked_keys
        ],
        number=number,
        now=timezone.now(),
    )
    RevocationList.objects.create(authority=authority, number=number, content=content)
