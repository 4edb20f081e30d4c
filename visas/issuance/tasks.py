"""Thin: ids in, fetch, one action."""

from consular.outbox.effects import effect
from visas.applications.models import VisaApplication
from visas.issuance.actions.issue import issue


# A visa that was granted waits for a storage that is away: 100 attempts are about eight hours.
@effect("issuance.issue", max_attempts=100)
def issue_evisa(*, application_id: str) -> None:
    issue(VisaApplication.objects.select_related("case", "traveller").get(pk=application_id))
