"""Decide a case: once, by somebody who neither applied nor recommended."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.kinds import kind_of
from consular.cases.models import Case, Decision
from consular.cases.status import Act, Outcome, Status
from consular.notifications.actions import post

ACT_OF = {Outcome.APPROVE: Act.APPROVE, Outcome.REFUSE: Act.REFUSE}
STATUS_OF = {Outcome.APPROVE: Status.APPROVED, Outcome.REFUSE: Status.REFUSED}


@transaction.atomic
def decide(  # noqa: PLR0913 - a decision is an outcome with its grounds, conditions and reason
    case: Case,
    *,
    by: Any,
    outcome: Outcome,
    reason: str = "",
    grounds: Sequence[str] = (),
    conditions: dict[str, Any] | None = None,
) -> Decision:
    """Decide, tell the applicant, and on approval let the service owe what follows.

    `conditions` is what the service's decision form cleaned, in JSON's types; `reason` is for colleagues.
    """
    case = demand(ACT_OF[outcome], case, by=by)
    standing = case.recommendations.standing().first()
    decision = Decision.objects.create(
        case=case,
        applicant=case.applicant,
        outcome=outcome,
        grounds=list(grounds),
        conditions=conditions or {},
        reason=reason,
        recommended_by=standing.by if standing else None,
        recommended_outcome=standing.outcome if standing else "",
        decided_by=by,
    )
    case = move(case, STATUS_OF[outcome], by=by, grounds=list(grounds))
    if outcome == Outcome.APPROVE:
        kind_of(case).on_approved(case, decision)
    post("cases/decided", to=case.applicant, key=f"case:{case.pk}:decided", case_reference=case.reference)
    return decision
