"""Hold an application still."""

from typing import Any

from consular.lib.ended import RightEndedError
from visas.applications.models import Mandate, Scope, VisaApplication
from visas.applications.rules import is_conflicted


class AlreadySubmittedError(Exception):
    """The application was submitted meanwhile; it takes no change."""


def lock(application: VisaApplication) -> VisaApplication:
    """Return the application read again under a row lock, for the rest of the transaction.

    Two queries: rows joined to the one that waited for the lock would be as they were before the wait.
    """
    VisaApplication.objects.select_for_update().only("pk").get(pk=application.pk)
    return VisaApplication.objects.with_sheet().get(pk=application.pk)


def lock_draft(application: VisaApplication, *, by: Any) -> VisaApplication:
    """As `lock`; raises `AlreadySubmittedError` when it is no draft any more, `RightEndedError` as `demand_right` does."""
    locked = lock(application)
    if locked.is_submitted:
        raise AlreadySubmittedError
    demand_right(locked, by=by)
    return locked


def demand_right(application: VisaApplication, *scopes: Scope, by: Any) -> None:
    """Raise `RightEndedError` where `by` acts for the applicant without a mandate (of one of `scopes`) in force.

    Its rows are locked: nobody ends it while its holder's act is being written. Whoever serves at the mission that
    decides has none, also where a traveller joined, or they were posted there, after they had accepted.
    """
    if application.acting(by) is None:
        return
    if is_conflicted(by, application.mission):
        raise RightEndedError
    held = Mandate.objects.in_force().held_by(by).about(application).select_for_update(of=("self",))
    if not any(each.scope in (scopes or Scope) for each in held):
        raise RightEndedError
