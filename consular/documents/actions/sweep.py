"""Delete files that no document knows: a process died between writing one and its commit."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from consular.documents import renditions
from consular.documents.models import Document

LEFT_ALONE_FOR = timedelta(days=1)  # a transaction may still be under way
AT_A_TIME = 500


def sweep() -> int:
    """Delete the folders that belong to no document, and return how many there were."""
    storage = Document._meta.get_field("original").storage
    folders = sorted(renditions.folders(storage))
    batches = [folders[start : start + AT_A_TIME] for start in range(0, len(folders), AT_A_TIME)]
    orphans = [orphan for batch in batches for orphan in unknown(batch) if is_old(storage, orphan)]
    for orphan in orphans:
        renditions.delete_all_files(storage, orphan)
    return len(orphans)


def unknown(ids: list[uuid.UUID]) -> Iterator[uuid.UUID]:
    """Yield those that are no document's key."""
    known = set(Document.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return (each for each in ids if each not in known)


def is_old(storage: Storage, document_id: uuid.UUID) -> bool:
    """Tell whether the original has been there for long, or is gone already."""
    name = f"{renditions.ROOT}/{document_id}/original"
    return not storage.exists(name) or timezone.now() - storage.get_modified_time(name) > LEFT_ALONE_FOR
