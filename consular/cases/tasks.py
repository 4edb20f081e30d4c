"""Thin tasks: ids in, fetch, one action."""

from celery import shared_task

from consular.cases.actions.check import run_checks
from consular.cases.actions.expire import expire, owe_expiries
from consular.cases.models import Case, Request
from consular.outbox.effects import effect


@effect("cases.check")
def check(*, case_id: int) -> None:
    """Run the automatic checks of a case."""
    run_checks(Case.objects.get(pk=case_id))


@effect("cases.expire")
def expire_request(*, request_id: int) -> None:
    """Resume the review of a case whose applicant's time has passed."""
    expire(Request.objects.select_related("case").get(pk=request_id))


@shared_task(name="cases.owe_expiries")
def owe_overdue() -> None:
    """Every hour: owe the expiry of the requests that are out of time. A second beat changes nothing."""
    owe_expiries()
