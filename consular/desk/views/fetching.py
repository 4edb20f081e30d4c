"""Fetch a case for a member of staff: a stranger gets 404, and the trail notes who tried."""

from typing import Any

from django.http import Http404

from consular.audit.trail import record
from consular.cases import rules
from consular.cases.models import Case
from consular.lib.references import parse_reference


def case_for(user: Any, reference: str) -> Case:
    """Return the case that `user` may see; raises Http404 otherwise."""
    found = Case.objects.select_related("mission", "applicant", "officer")
    case = found.filter(reference=parse_reference(reference)).first()
    if case is None:
        raise Http404
    if not rules.may_see(user, case):
        record("case.not_shown", case, by=user, reference=case.reference)
        raise Http404
    return case
