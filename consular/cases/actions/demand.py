"""Every act starts here: lock the case, and ask the rules about it as it is now."""

from typing import Any

from consular.cases import rules
from consular.cases.models import Case
from consular.cases.status import Act
from consular.lib.refusal import RefusedError


def lock(case: Case) -> Case:
    """Return the case read again under a row lock, for the rest of the transaction."""
    return Case.objects.select_for_update(of=("self",)).select_related("mission", "applicant").get(pk=case.pk)


def demand(act: Act, case: Case, *, by: Any) -> Case:
    """Return the locked case when `by` may do `act` with it now; else raise `RefusedError`."""
    case = lock(case)
    if obstacle := rules.obstacle(act, by, case):
        raise RefusedError(obstacle)
    return case
