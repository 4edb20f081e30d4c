"""Encrypt what was stored before there were keys: new files beside the old ones, then the rows, then the old ones go."""

import uuid

from django.db import transaction
from django.db.models.fields.files import FieldFile

from consular.audit.trail import record
from consular.documents import originals, renditions
from consular.documents.models import Document
from consular.outbox.actions import owe
from consular.vault.actions import make_key
from consular.vault.files import sealed
from consular.vault.models import Key


def encrypt_plain() -> int:
    """Give every kept document that has no key one; return how many there were. Killed, it is begun again."""
    plain = Document.objects.kept().exclude(pk__in=Key.objects.values("pk")).values_list("pk", flat=True)
    return sum(encrypt(document_id) for document_id in list(plain))


@transaction.atomic
def encrypt(document_id: uuid.UUID) -> bool:
    """Encrypt one document under its row's lock, and owe the end of its plain files."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.removed_at is not None or Key.objects.filter(pk=document.pk).exists():
        return False
    key = make_key(document.pk)
    _seal(document.original, key, originals.context(document))
    document.save(update_fields=["original"])
    for page in document.pages.all():
        _seal(page.image, key, renditions.context(page.image))
        _seal(page.thumbnail, key, renditions.context(page.thumbnail))
        page.save(update_fields=["image", "thumbnail"])
    record("document.encrypted", document, sha256=document.sha256)
    owe("documents.tidy", key=f"document:{document.pk}:tidy", document_id=document.pk)
    return True


def _seal(field: FieldFile, key: bytes, context: str) -> None:
    """Save a plain file encrypted, under a name of its own."""
    with field.storage.open(field.name or "", "rb") as plain, sealed(plain, key, context) as file:
        field.name = field.storage.save(field.name, file)


def tidy(document: Document) -> None:
    """Delete the files of a document that its rows do not name; again and again is harmless."""
    named = {document.original.name}
    for page in document.pages.all():
        named |= {page.image.name, page.thumbnail.name}
    for name in renditions.all_files(document.original.storage, document.pk):
        if name not in named:
            document.original.storage.delete(name)
