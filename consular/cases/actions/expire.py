"""Go on without the answer when an applicant's time has passed."""

from django.db import transaction
from django.utils import timezone

from consular.cases.actions.demand import lock
from consular.cases.actions.move import move
from consular.cases.models import Request
from consular.cases.status import Status
from consular.notifications.actions import post
from consular.outbox.actions import owe


@transaction.atomic
def owe_expiries() -> int:
    """Owe the expiry of every open request that may be out of time, once a day each; return how many.

    The mission's own calendar decides in `expire`: here a day counts as passed as soon as it is over anywhere.
    """
    today = timezone.localdate()
    late = Request.objects.open().filter(answer_by__lte=today).values_list("pk", flat=True)
    for pk in late:
        owe("cases.expire", key=f"request:{pk}:expire:{today}", request_id=pk)
    return len(late)


@transaction.atomic
def expire(request: Request) -> bool:
    """Resume the review of a case whose request is out of time; False when it is not, or no longer open."""
    case = lock(request.case)
    request = case.requests.get(pk=request.pk)
    request.case = case
    if not (request.is_open and request.is_out_of_time()):
        return False
    request.expired_at = timezone.now()
    request.save(update_fields=["expired_at"])
    move(case, Status.IN_REVIEW, by=None, request=request.pk)
    post(
        "cases/time_passed",
        to=case.applicant,
        key=f"request:{request.pk}:expired",
        case_reference=case.reference,
    )
    return True
