"""Revoke an e-visa, by two officers: one asks with a reason, the consul does it. Its number answers "revoked" from then on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.notifications.actions import post
from consular.outbox.actions import owe
from visas.issuance import rules
from visas.issuance.models import EVisa
from visas.issuance.status import RevocationReason
from visas.registry import actions as registry


@transaction.atomic
def ask_to_revoke(evisa: EVisa, *, by: Any, reason: RevocationReason) -> EVisa:
    """Ask for a revocation. Nothing changes for the holder yet; to stop the visa at once, suspend it."""
    evisa = locked(evisa)
    if not rules.may_ask_to_revoke(by, evisa):
        raise PermissionDenied
    evisa.revocation_asked_by, evisa.revocation_reason = by, reason
    evisa.save(update_fields=["revocation_asked_by", "revocation_reason"])
    record("evisa.revocation_asked_for", evisa, by=by, number=evisa.number, reason=reason)
    return evisa


@transaction.atomic
def refuse_to_revoke(evisa: EVisa, *, by: Any) -> EVisa:
    """Drop what was asked for; the visa stays in force."""
    evisa = locked(evisa)
    if not rules.may_refuse_to_revoke(by, evisa):
        raise PermissionDenied
    evisa.revocation_asked_by, evisa.revocation_reason = None, ""
    evisa.save(update_fields=["revocation_asked_by", "revocation_reason"])
    record("evisa.revocation_dropped", evisa, by=by, number=evisa.number)
    return evisa


@transaction.atomic
def revoke(evisa: EVisa, *, by: Any) -> EVisa:
    """Revoke for the reason that was given and tell the holder. Raises `PermissionDenied` when `by` may not.

    One that is replaced gets a new paper with a new number, seal and place in the status lists.
    """
    evisa = locked(evisa)
    if not rules.may_revoke(by, evisa):
        raise PermissionDenied
    reason = RevocationReason(evisa.revocation_reason)
    evisa.revoked_at, evisa.revoked_by = timezone.now(), by
    evisa.save(update_fields=["revoked_at", "revoked_by"])
    registry.set_status(evisa.number, evisa.mark, by=by, reason=reason)
    record("evisa.revoked", evisa, by=by, number=evisa.number, reason=reason)
    if reason is RevocationReason.REPLACED:
        owe_again(evisa)
    case = evisa.application.submitted_case
    post(
        "issuance/visa_revoked",
        to=case.applicant,
        key=f"evisa:{evisa.number}:revoked",
        case_reference=case.reference,
        reason=reason,
    )
    return evisa


@transaction.atomic
def try_again(evisa: EVisa, *, by: Any) -> None:
    """Owe the paper again, after what the portal found wrong with it was mended."""
    evisa = locked(evisa)
    if not rules.may_try_again(by, evisa):
        raise PermissionDenied
    record("evisa.tried_again", evisa, by=by, number=evisa.number)
    owe_again(evisa)


def owe_again(evisa: EVisa) -> None:
    """Owe the application's paper under a key of this moment: the first one is paid off, or dead."""
    again = f"{timezone.now():%Y%m%dT%H%M%S%f}"
    owe(
        "issuance.issue",
        key=f"evisa:{evisa.number}:again:{again}",
        application_id=str(evisa.application_id),
    )


def locked(evisa: EVisa) -> EVisa:
    return EVisa.objects.select_for_update(of=("self",)).get(pk=evisa.pk)
