"""Suspend a visa while something is looked into, lift that, and note that its entries were used."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from visas.issuance import rules
from visas.issuance.actions.revoke import locked
from visas.issuance.models import EVisa
from visas.registry import actions as registry


@transaction.atomic
def suspend(evisa: EVisa, *, by: Any) -> EVisa:
    """Stop a visa at once; one officer may, because it can be lifted."""
    evisa = locked(evisa)
    if not rules.may_suspend(by, evisa):
        raise PermissionDenied
    evisa.suspended_at = timezone.now()
    return _kept(evisa, "suspended_at", by=by, verb="evisa.suspended")


@transaction.atomic
def lift(evisa: EVisa, *, by: Any) -> EVisa:
    """End a suspension: the visa is worth what it was before."""
    evisa = locked(evisa)
    if not rules.may_lift(by, evisa):
        raise PermissionDenied
    evisa.suspended_at = None
    return _kept(evisa, "suspended_at", by=by, verb="evisa.suspension_lifted")


@transaction.atomic
def note_used(evisa: EVisa, *, by: Any) -> EVisa:
    """Note that the holder has made all the entries that the visa allows."""
    evisa = locked(evisa)
    if not rules.may_note_used(by, evisa):
        raise PermissionDenied
    evisa.used_at = timezone.now()
    return _kept(evisa, "used_at", by=by, verb="evisa.used")


def _kept(evisa: EVisa, field: str, *, by: Any, verb: str) -> EVisa:
    evisa.save(update_fields=[field])
    registry.set_status(evisa.number, evisa.mark, by=by, reason=verb)
    record(verb, evisa, by=by, number=evisa.number)
    return evisa
