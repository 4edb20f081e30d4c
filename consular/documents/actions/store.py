"""Take a file from a person: into quarantine, with the work on it owed."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone

from consular.audit.trail import on_behalf, record
from consular.documents import explain, originals
from consular.documents.content_types import HEAD_BYTES, PICTURES, content_type_of
from consular.documents.filenames import display_name
from consular.documents.models import Document
from consular.documents.status import Kind, NotAccepted
from consular.outbox.actions import owe

logger = logging.getLogger(__name__)

QUOTA_FORGETS_AFTER = timedelta(days=1)


@transaction.atomic
def store(
    upload: "File[bytes]",
    *,
    owner: Any,
    kind: str,
    by: Any = None,
    measured: tuple[int, str] | None = None,
) -> Document:
    """Keep a file and owe its processing; both or neither, with the caller's transaction.

    `by` is who hands it in for its owner, None where that is the owner; `measured` is what `originals.measure` said,
    where the caller had to know. Raises ValidationError, in the reader's language and with the figures, for what can
    be said at once: an empty file, one that is too large, one that is no picture and no PDF, too many files. A file
    that the same person handed in before is taken again; `same_as` is the earlier one.
    """
    refuse_what_is_plain_to_see(upload, kind)
    refuse_beyond_quota(owner)
    size, sha256 = measured or originals.measure(upload)
    earlier = Document.objects.of(owner).same_file(sha256).first()
    document = Document(
        owner=owner,
        kind=Kind(kind),
        filename=display_name(upload.name),
        size=size,
        sha256=sha256,
        same_as=earlier,
    )
    keep(document, upload)
    by = by or owner
    detail = {"kind": document.kind, "bytes": size, "sha256": sha256, **on_behalf(owner.pk, by)}
    record("document.stored", document, by=by, **detail)
    owe("documents.process", key=f"document:{document.pk}:process", document_id=document.pk)
    return document


def keep(document: Document, upload: "File[bytes]") -> None:
    """Write the original and the row. A storage that takes nothing is told to the person: they try again."""
    try:
        originals.write(document, upload)
    except OSError as error:
        logger.exception("an upload could not be stored")
        raise turned_away(NotAccepted.STORAGE) from error
    document.save(force_insert=True)


def refuse_what_is_plain_to_see(upload: "File[bytes]", kind: str) -> None:
    """Refuse by size and by the first bytes, before anything is stored or decoded."""
    refuse_by_size(upload.size)
    upload.seek(0)
    content_type = content_type_of(upload.read(HEAD_BYTES))
    upload.seek(0)
    if content_type is None:
        raise turned_away(NotAccepted.NOT_ACCEPTED)
    if kind == Kind.PHOTO and content_type not in PICTURES:
        raise turned_away(NotAccepted.NOT_A_PICTURE)


def refuse_by_size(size: int) -> None:
    if size < 1:
        raise turned_away(NotAccepted.EMPTY)
    if size > settings.DOCUMENT_MAX_BYTES:
        raise turned_away(NotAccepted.TOO_LARGE, size=size, limit=settings.DOCUMENT_MAX_BYTES)


def refuse_beyond_quota(owner: Any, *, besides: int = 0) -> None:
    """Refuse when a person keeps too many files; removed ones count for a day, so that nobody churns.

    `besides` are files on their way.
    """
    since = timezone.now() - QUOTA_FORGETS_AFTER
    counted = Document.objects.of(owner).filter(models.Q(removed_at=None) | models.Q(uploaded_at__gt=since))
    if counted.count() + besides >= settings.DOCUMENT_QUOTA_PER_PERSON:
        raise turned_away(NotAccepted.QUOTA, limit=settings.DOCUMENT_QUOTA_PER_PERSON)


def turned_away(reason: NotAccepted, **figures: int) -> ValidationError:
    """Return the error to raise for a file that is not taken."""
    return ValidationError(explain.turned_away(reason, figures), code=reason.value)
