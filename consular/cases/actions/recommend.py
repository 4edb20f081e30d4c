"""Recommend a decision to a second person, and send a recommendation back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.models import Case, Recommendation
from consular.cases.status import Act, Outcome, Status


@transaction.atomic
def recommend(  # noqa: PLR0913 - a recommendation is an outcome with its grounds, conditions and reason
    case: Case,
    *,
    by: Any,
    outcome: Outcome,
    reason: str,
    grounds: Sequence[str] = (),
    conditions: dict[str, Any] | None = None,
) -> Recommendation:
    """Hand the case to a second person with what `by` recommends; a refusal names its grounds."""
    case = demand(Act.RECOMMEND, case, by=by)
    recommendation: Recommendation = case.recommendations.create(
        outcome=outcome, grounds=list(grounds), conditions=conditions or {}, reason=reason, by=by
    )
    move(case, Status.AWAITING_DECISION, by=by, outcome=outcome, grounds=list(grounds))
    return recommendation


@transaction.atomic
def send_back(case: Case, *, by: Any, reason: str) -> Case:
    """Return the case to the officer who holds it: the recommendation no longer stands."""
    case = demand(Act.SEND_BACK, case, by=by)
    case.recommendations.standing().update(
        sent_back_at=timezone.now(), sent_back_by=by, sent_back_reason=reason
    )
    return move(case, Status.IN_REVIEW, by=by, sent_back=True)
