"""Hand in files with a draft."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from consular.documents.models import Document
from consular.questionnaires.status import Source
from visas.applications.actions.detach import let_go
from visas.applications.actions.lock import lock_draft
from visas.applications.checklist import Item
from visas.applications.models import Evidence, VisaApplication
from visas.policy.status import Kind


@transaction.atomic
def attach(application: VisaApplication, documents: Collection[Document], *, item: Item, by: Any) -> None:
    """Hand in stored files as what `item` asks for; they replace files that were refused, and the one of its kind."""
    application = lock_draft(application)
    if documents:
        _replace(application, item, by=by)
    if item.wanted.kind == Kind.PASSPORT:
        _ask_again(application)
    Evidence.objects.bulk_create(
        Evidence(application=application, document=document, purpose=item.wanted.code)
        for document in documents
    )


def _replace(application: VisaApplication, item: Item, *, by: Any) -> None:
    """Let go of what new files take the place of, as it is now: `item` may be older than the lock."""
    handed_in = application.evidence.filter(purpose=item.wanted.code, document__removed_at=None)
    for each in handed_in.select_related("document"):
        if item.takes_one_file or each.document.is_refused:
            let_go(each, by=by)


def _ask_again(application: VisaApplication) -> None:
    """Compare again what was confirmed against another passport page."""
    application.sheet.answers.filter(source=Source.CONFIRMED).update(source=Source.TYPED)
