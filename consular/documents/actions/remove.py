"""Take a document back: its key is destroyed at once, and its files go from the storage by owed work."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.documents import renditions
from consular.documents.models import Document, Text
from consular.outbox.actions import owe
from consular.vault.actions import destroy_keys


@transaction.atomic
def remove(document: Document, *, by: Any, **why: Any) -> bool:
    """Remove a document that nothing needs any more; removing it twice changes nothing, and returns False.

    Whoever uses the document asks their own rules first (and lets go of it: a case's attachment stays).
    The row stays as the record that there was such a file; what was in it is erased: from this transaction on
    nothing opens its files, wherever copies of them are. `why` names the rule, in codes, for the trail.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.removed_at is not None:
        return False
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    document.later_copies.update(same_as=None)
    keys = destroy_keys([document.pk])
    record("document.removed", document, by=by, sha256=document.sha256, keys_destroyed=keys, **why)
    owe("documents.erase", key=f"document:{document.pk}:erase", document_id=document.pk)
    return True


def erase(document: Document) -> None:
    """Delete the files of a removed document and what was read from them; again and again is harmless."""
    if document.removed_at is None:
        return
    renditions.delete_all_files(document.original.storage, document.pk)
    with transaction.atomic():
        document.pages.all().delete()
        Text.objects.filter(document=document).delete()
        there = Document.objects.filter(pk=document.pk).exclude(original="")
        if there.update(original="", filename="", fields={}, findings=[], figures={}):
            record("document.erased", document, sha256=document.sha256)
