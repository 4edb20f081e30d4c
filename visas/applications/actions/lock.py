"""Hold an application still."""

from typing import Any

from consular.lib.ended import RightEndedError
from visas.applications.models import VisaApplication
from visas.applications.rules import may_act


class AlreadySubmittedError(Exception):
    """The application was submitted meanwhile; it takes no change."""


def lock(application: VisaApplication) -> VisaApplication:
    """Return the application read again under a row lock, for the rest of the transaction.

    Two queries: rows joined to the one that waited for the lock would be as they were before the wait.
    """
    VisaApplication.objects.select_for_update().only("pk").get(pk=application.pk)
    return VisaApplication.objects.with_sheet().get(pk=application.pk)


def lock_draft(application: VisaApplication) -> VisaApplication:
    """As `lock`; raises `AlreadySubmittedError` when it is no draft any more."""
    locked = lock(application)
    if locked.is_submitted:
        raise AlreadySubmittedError
    return locked


def demand_right(application: VisaApplication, *, by: Any) -> None:
    """Raise `RightEndedError` unless `by` may submit and correct now, as it is under the lock."""
    if application.acting(by) and not may_act(by, application):
        raise RightEndedError
