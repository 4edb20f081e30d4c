"""Hand in files with a draft."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models, transaction

from consular.audit.trail import record
from consular.documents.models import Document
from consular.questionnaires.status import Source
from visas.applications.actions.detach import let_go
from visas.applications.actions.lock import lock_draft
from visas.applications.checklist import Item
from visas.applications.models import Evidence, VisaApplication
from visas.applications.room import ensure_room
from visas.policy.status import Kind


@transaction.atomic
def attach(application: VisaApplication, documents: Collection[Document], *, item: Item, by: Any) -> None:
    """Hand in stored files as what `item` asks for; they replace files that were refused, and the one of its kind.

    A file that is handed in already stays where it is: a form may be sent again. ValidationError, with nothing
    changed, when there would be too many.
    """
    application = lock_draft(application, by=by)
    new = not_handed_in(documents)
    if not new:
        return
    _replace(application, item, by=by)
    if item.wanted.kind == Kind.PASSPORT:
        _ask_again(application)
    _add(application, item, new)
    note_use(application, item.wanted.code, by=by)


def not_handed_in(documents: Collection[Document]) -> list[Document]:
    known = set(Evidence.objects.filter(document__in=documents).values_list("document", flat=True))
    return [each for each in documents if each.pk not in known]


def _add(application: VisaApplication, item: Item, documents: Iterable[Document]) -> None:
    """Put the files behind those that are there."""
    there = handed_in(application, item.wanted.code)
    last = there.aggregate(last=models.Max("position"))["last"] or 0
    added = [
        Evidence(application=application, document=document, purpose=item.wanted.code, position=position)
        for position, document in enumerate(documents, start=last + 1)
    ]
    ensure_room(there.count() + len(added))
    Evidence.objects.bulk_create(added)


def handed_in(application: VisaApplication, purpose: str) -> models.QuerySet[Evidence]:
    """Return what is handed in for one required document now, in its order."""
    return application.evidence.filter(purpose=purpose, document__removed_at=None)


def note_use(application: VisaApplication, purpose: str, *, by: Any) -> None:
    """Note that somebody handed something in for the applicant: when a mandate was last used is read from the trail."""
    if behalf := application.on_behalf(by):
        record("application.handed_in", application, by=by, purpose=purpose, **behalf)


def _replace(application: VisaApplication, item: Item, *, by: Any) -> None:
    """Let go of what new files take the place of, as it is now: `item` may be older than the lock."""
    for each in handed_in(application, item.wanted.code).select_related("document"):
        if item.takes_one_file or each.document.is_refused:
            let_go(each, by=by)


def _ask_again(application: VisaApplication) -> None:
    """Compare again what was confirmed against another passport page."""
    application.sheet.answers.filter(source=Source.CONFIRMED).update(source=Source.TYPED)
