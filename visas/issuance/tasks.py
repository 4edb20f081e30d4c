"""Thin: ids in, fetch, one action."""

from consular.outbox.effects import FinalError, effect
from visas.applications.models import VisaApplication
from visas.issuance.actions.issue import FaultyPaperError, issue


# A visa that was granted waits for a storage that is away: 100 attempts are about eight hours.
@effect("issuance.issue", max_attempts=100)
def issue_evisa(*, application_id: str) -> None:
    """Issue. What the portal finds wrong itself, it would find again: staff see it, and try again when it is mended."""
    try:
        issue(VisaApplication.objects.select_related("case", "traveller").get(pk=application_id))
    except FaultyPaperError as error:
        raise FinalError from error
