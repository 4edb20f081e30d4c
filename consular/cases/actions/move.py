"""Move a case from one state to another: the only writer of `Case.status`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases import rules
from consular.cases.models import Case, Event
from consular.cases.status import Status


class MoveRefusedError(Exception):
    """The table of moves does not allow this move for this person now."""


def lock(case: Case) -> Case:
    """Return the case read again under a row lock, for the rest of the transaction."""
    return Case.objects.select_for_update(of=("self",)).select_related("mission").get(pk=case.pk)


@transaction.atomic
def move(case: Case, to: Status, *, by: Any | None, **detail: Any) -> Case:
    """Move the case to `to` on behalf of `by` (None: the portal); record the event and the audit entry.

    Raises `MoveRefusedError` when the table does not allow it, also when somebody else moved it first.
    """
    case = lock(case)
    if not rules.may_move(by, case, to):
        raise MoveRefusedError(f"{case.status} → {to}")
    before, case.status, case.moved_at = case.status, to, timezone.now()
    case.save(update_fields=["status", "moved_at"])
    Event.objects.create(case=case, from_status=before, to_status=to, by=by)
    record(f"case.{to}", case, by=by, reference=case.reference, before=before, **detail)
    return case
