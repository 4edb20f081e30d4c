"""What comes back from the ceremony: the authority's own certificate, and its revocation lists."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from visas.seals.actions.obstructed import ObstructedError
from visas.seals.certificates import is_authority, is_signed_list, list_number
from visas.seals.models import Authority, RevocationList
from visas.seals.status import Obstacle


@transaction.atomic
def import_authority(certificate: bytes, *, by: Any = None, secret: str = "") -> Authority:
    """Believe a root (DER). `secret`, its private key, is for demonstrations alone: the database refuses others."""
    if not is_authority(certificate):
        raise ObstructedError(Obstacle.WRONG_AUTHORITY)
    authority, is_new = Authority.objects.get_or_create(
        certificate=certificate, defaults={"secret": secret, "is_demonstration": bool(secret)}
    )
    if is_new:
        record("key.authority_imported", authority, by=by)
    return authority


@transaction.atomic
def import_revocation_list(content: bytes, *, by: Any = None) -> RevocationList:
    """Keep a list (DER) that one of our authorities signed and that is newer than what we have."""
    authority = next((each for each in Authority.objects.all() if is_signed_list(each, content)), None)
    if authority is None:
        raise ObstructedError(Obstacle.WRONG_LIST)
    number = list_number(content)
    if number <= authority.last_list_number:
        raise ObstructedError(Obstacle.WRONG_LIST)
    kept = RevocationList.objects.create(authority=authority, number=number, content=content, imported_by=by)
    record("key.revocation_list_imported", kept, by=by, number=number)
    return kept
