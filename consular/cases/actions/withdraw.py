"""The applicant withdraws."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.models import Case
from consular.cases.status import Act, Status
from consular.notifications.actions import post


@transaction.atomic
def withdraw(case: Case, *, by: Any) -> Case:
    """Close an open case for its applicant; what we asked for is no longer wanted."""
    case = demand(Act.WITHDRAW, case, by=by)
    case.requests.open().update(taken_back_at=timezone.now())
    post("cases/withdrawn", to=by, key=f"case:{case.pk}:withdrawn", case_reference=case.reference)
    return move(case, Status.WITHDRAWN, by=by)
