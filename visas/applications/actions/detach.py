"""Take a file back from a draft."""

from typing import Any

from django.db import transaction

from consular.documents.actions import remove
from visas.applications.actions.lock import lock_draft
from visas.applications.models import Evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: Any) -> None:
    """Remove a file that its owner handed in with a draft."""
    lock_draft(evidence.application, by=by)
    let_go(evidence, by=by)


def let_go(evidence: Evidence, *, by: Any) -> None:
    """Remove the file and forget what it was for; call it inside a transaction that holds the draft."""
    remove(evidence.document, by=by)
    evidence.delete()
