"""Who holds a case: claim it, take the next one, give it back, take it over."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.models import Case
from consular.cases.rules import WORKING_ROLES
from consular.cases.status import Act, Status
from consular.missions.models import Mission


@transaction.atomic
def claim(case: Case, *, by: Any) -> Case:
    """Give a case that nobody holds to `by`; a received case comes under review."""
    case = demand(Act.CLAIM, case, by=by)
    _hand_to(by, case)
    record("case.claimed", case, by=by, reference=case.reference)
    return move(case, Status.IN_REVIEW, by=by) if case.status == Status.SUBMITTED else case


@transaction.atomic
def next_case(*, by: Any) -> Case | None:
    """Claim the case that is due first where `by` works; None when nothing is waiting.

    Officers who ask at the same moment get different cases: each skips the rows that others have locked.
    """
    waiting = (
        Case.objects.unclaimed()
        .filter(mission__in=Mission.objects.of(by, *WORKING_ROLES))
        .exclude(applicant=by)
        .order_by("due_on", "pk")
    )
    first = waiting.select_for_update(of=("self",), skip_locked=True).first()
    return claim(first, by=by) if first else None


@transaction.atomic
def release(case: Case, *, by: Any) -> Case:
    """Give a case under review back to the queue."""
    case = demand(Act.RELEASE, case, by=by)
    _hand_to(None, case)
    record("case.released", case, by=by, reference=case.reference)
    return case


@transaction.atomic
def take_over(case: Case, *, by: Any, reason: str) -> Case:
    """Give a case that somebody else holds to the consul; `reason` is kept as a note, the trail says from whom."""
    case = demand(Act.TAKE_OVER, case, by=by)
    previous = case.officer_id
    _hand_to(by, case)
    case.notes.create(author=by, text=reason)
    record("case.taken_over", case, by=by, reference=case.reference, from_officer=previous)
    return case


def _hand_to(officer: Any | None, case: Case) -> None:
    case.officer, case.claimed_at = officer, timezone.now() if officer else None
    case.save(update_fields=["officer", "claimed_at"])
