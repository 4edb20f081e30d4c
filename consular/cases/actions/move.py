"""Move a case from one state to another: the only writer of `Case.status`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases import rules
from consular.cases.actions.demand import lock
from consular.cases.models import Case, Event
from consular.cases.status import CLOSED, Obstacle, Status
from consular.lib.refusal import RefusedError


@transaction.atomic
def move(case: Case, to: Status, *, by: Any | None, **detail: Any) -> Case:
    """Move the case to `to` on behalf of `by` (None: the portal); record the event and the audit entry.

    Raises `RefusedError` when the table of moves does not allow it, also when somebody else moved it first.
    """
    case = lock(case)
    if not rules.may_move(by, case, to):
        raise RefusedError(Obstacle.CLOSED if case.status in CLOSED else Obstacle.NOT_NOW)
    before, case.status, case.moved_at = case.status, to, timezone.now()
    case.save(update_fields=["status", "moved_at"])
    Event.objects.create(case=case, from_status=before, to_status=to, by=by)
    record(f"case.{to}", case, by=by, reference=case.reference, before=before, **detail)
    return case
