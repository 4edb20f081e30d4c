"""Revoke an e-visa: its number answers "revoked" from then on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.notifications.actions import post
from visas.issuance import rules
from visas.issuance.models import EVisa
from visas.issuance.status import RevocationReason


@transaction.atomic
def revoke(evisa: EVisa, *, by: Any, reason: RevocationReason) -> EVisa:
    """Revoke for a reason and tell the holder. Raises `PermissionDenied` when `by` may not, or it is revoked already."""
    evisa = EVisa.objects.select_for_update(of=("self",)).get(pk=evisa.pk)
    if not rules.may_revoke(by, evisa):
        raise PermissionDenied
    evisa.revoked_at, evisa.revoked_by, evisa.revocation_reason = timezone.now(), by, reason
    evisa.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    record("evisa.revoked", evisa, by=by, number=evisa.number, reason=reason)
    case = evisa.application.submitted_case
    post(
        "issuance/visa_revoked",
        to=case.applicant,
        key=f"evisa:{evisa.number}:revoked",
        case_reference=case.reference,
        reason=reason,
    )
    return evisa
