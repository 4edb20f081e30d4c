"""Take a document back: it is gone from every page at once, and from the storage by owed work."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.documents import renditions
from consular.documents.models import Document
from consular.outbox.actions import owe


@transaction.atomic
def remove(document: Document, *, by: Any) -> None:
    """Remove a document that nothing needs any more; removing it twice changes nothing.

    Whoever uses the document asks their own rules first (and lets go of it: a case's attachment stays).
    The row stays as the record that there was such a file; what was in it is erased.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.removed_at is not None:
        return
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    document.later_copies.update(same_as=None)
    record("document.removed", document, by=by)
    owe("documents.erase", key=f"document:{document.pk}:erase", document_id=document.pk)


def erase(document: Document) -> None:
    """Delete the files of a removed document and what was read from them; again and again is harmless."""
    if document.removed_at is None:
        return
    renditions.delete_all_files(document.original.storage, document.pk)
    with transaction.atomic():
        document.pages.all().delete()
        Document.objects.filter(pk=document.pk).update(
            original="", filename="", fields={}, findings=[], figures={}
        )
