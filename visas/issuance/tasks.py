"""Thin: ids in, fetch, one action."""

from consular.outbox.effects import effect
from visas.applications.models import VisaApplication
from visas.issuance.actions.issue import issue


@effect("issuance.issue")
def issue_evisa(*, application_id: str) -> None:
    issue(VisaApplication.objects.select_related("case", "traveller").get(pk=application_id))
