"""The verbs of sharing a visa and of airlines' keys."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from visas.issuance.models import EVisa
from visas.issuance.rules import may_download
from visas.seals.rules import looks_after_keys
from visas.verification.airlines import KEY, Answer
from visas.verification.models import AirlineCount, AirlineKey, Look, Share
from visas.verification.secrets_kept import digest, new_code, new_key
from visas.verification.sharing import CODE, MOST_OPEN
from visas.verification.status import Purpose


class TooManyError(Exception):
    """The visa has as many open codes as anybody needs."""


@transaction.atomic
def share(evisa: EVisa, *, purpose: Purpose, days: int, by: Any) -> str:
    """Return a new code for a purpose; it is shown now and never again."""
    evisa = EVisa.objects.select_for_update(of=("self",)).select_related("application").get(pk=evisa.pk)
    if not may_download(by, evisa):
        raise PermissionDenied
    now = timezone.now()
    if evisa.shares.open_at(now).count() >= MOST_OPEN:
        raise TooManyError
    code = new_code(purpose)
    Share.objects.create(
        evisa=evisa,
        purpose=purpose,
        digest=digest(code, CODE),
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    record("evisa.shared", evisa, by=by, purpose=purpose, days=days, **evisa.application.on_behalf(by))
    return code


@transaction.atomic
def stop_sharing(shared: Share, *, by: Any) -> None:
    """End a code at once; a second time changes nothing."""
    if not may_download(by, shared.evisa):
        raise PermissionDenied
    if Share.objects.filter(pk=shared.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("evisa.sharing_stopped", shared.evisa, by=by, purpose=shared.purpose)


def note_look(shared: Share) -> None:
    """Keep for the holder that somebody looked: when and for what, never who or from where."""
    Look.objects.create(share=shared)


@transaction.atomic
def make_key(name: str, *, by: Any) -> tuple[int, str]:
    """Return the row and the text of a new key of an airline; the text is shown now and never again."""
    if not looks_after_keys(by):
        raise PermissionDenied
    secret = new_key()
    key = AirlineKey.objects.create(name=name, digest=digest(secret, KEY), made_by=by)
    record("airline_key.made", key, by=by)
    return key.pk, secret


@transaction.atomic
def revoke_key(key: AirlineKey, *, by: Any) -> None:
    """End a key at once; a second time changes nothing."""
    if not looks_after_keys(by):
        raise PermissionDenied
    if AirlineKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by):
        record("airline_key.revoked", key, by=by)


@transaction.atomic
def note_answer(key: AirlineKey, answer: Answer, *, on: date) -> None:
    """Count an answer for the key, and keep the day on which it was last used."""
    AirlineCount.note(key, on, answer.board, answer.word)
    if key.last_used_on != on:
        AirlineKey.objects.filter(pk=key.pk).update(last_used_on=on)
