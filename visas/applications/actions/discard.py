"""Throw a draft away."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from visas.applications.actions.alike import hold
from visas.applications.actions.detach import let_go
from visas.applications.actions.end_mandate import end_with
from visas.applications.actions.lock import lock_draft
from visas.applications.models import Party, VisaApplication


@transaction.atomic
def discard(application: VisaApplication, *, by: Any) -> None:
    """Delete a draft with its answers and files, and give its place in the party back.

    Who answered as this one did keeps the answers. `AlreadySubmittedError` when it was submitted meanwhile.
    """
    hold(application)
    application = lock_draft(application, by=by)
    record("application.discarded", application, by=by)
    end_with(application, by=by)
    for evidence in application.evidence.select_related("document"):
        let_go(evidence, by=by)
    sheet, party = application.sheet, application.party_id
    application.delete()
    sheet.delete()
    if party:
        Party.objects.filter(pk=party, members=None, mandates=None).delete()
