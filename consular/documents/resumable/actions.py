"""The verbs of uploads that come in slices: begin, append, finish, abandon, forget."""

import hashlib
import logging
import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext

from consular.documents import originals
from consular.documents.actions.store import refuse_beyond_quota, refuse_by_size, store, turned_away
from consular.documents.content_types import HEAD_BYTES, content_type_of
from consular.documents.filenames import display_name
from consular.documents.models import Document, Upload
from consular.documents.resumable import slices
from consular.documents.resumable.limits import LARGEST_SLICE, OPEN_AT_ONCE, SMALLEST_SLICE
from consular.documents.status import Kind, NotAccepted
from consular.vault.actions import destroy_keys, make_key

logger = logging.getLogger(__name__)


class MismatchError(Exception):
    """The slice begins elsewhere than where the upload ends; `upload` knows where."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(f"{upload.received} expected")
        self.upload = upload


class BadSliceError(ValueError):
    """The slice is empty, too small, too large, or goes beyond the end of the file."""


@transaction.atomic
def begin(*, owner: Any, kind: str, name: str, size: int, sha256: str = "") -> Upload:
    """Begin an upload. ValidationError, as `store` raises it, for what can be said before a byte arrives.

    Of a person's unfinished uploads the oldest gives way to a sixth: whoever was cut off is never locked out.
    """
    get_user_model().objects.select_for_update().only("pk").get(pk=owner.pk)
    refuse_by_size(size)
    mine = Upload.objects.of(owner).unfinished()
    partial = list(mine.filter(received__lt=models.F("size")).order_by("-begun_at", "-pk"))
    for each in partial[OPEN_AT_ONCE - 1 :]:
        abandon(each)
    refuse_beyond_quota(owner, besides=mine.count())
    upload = Upload(owner=owner, kind=Kind(kind), filename=display_name(name), size=size, sha256=sha256)
    make_key(upload.pk)
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def append(upload: Upload, content: bytes, *, offset: int) -> Upload:
    """Take the next slice, whole or not at all.

    MismatchError for one that does not follow, BadSliceError for one that is no slice, ValidationError where its
    beginning shows that the file will not be taken.
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if offset != upload.received:
        raise MismatchError(upload)
    left = upload.size - upload.received
    if not min(SMALLEST_SLICE, left) <= len(content) <= min(LARGEST_SLICE, left) or not content:
        raise BadSliceError
    if offset == 0 and content_type_of(content[:HEAD_BYTES]) is None:
        raise turned_away(NotAccepted.NOT_ACCEPTED)
    try:
        slices.write(upload, content)
    except OSError as error:
        logger.exception("a slice could not be stored")
        raise turned_away(NotAccepted.STORAGE) from error
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


@transaction.atomic
def finish(upload_id: str, *, by: Any, owner: Any, kind: str) -> Document:
    """Store what arrived as a document of `owner`; asked again, return the same document.

    `by` is whose upload it is. ValidationError, as `store` raises it, or where the upload is not there, not whole,
    or not what was sent.
    """
    upload = _held(upload_id, by)
    if upload.document:
        if upload.document.removed_at or upload.document.owner_id != owner.pk:
            raise lost()
        return upload.document
    if not upload.is_whole:
        raise lost()
    upload.document = _stored(upload, owner=owner, kind=kind)
    upload.save(update_fields=["document"])
    _erase(upload)
    return upload.document


def _held(upload_id: str, by: Any) -> Upload:
    try:
        key = uuid.UUID(upload_id)
    except ValueError as error:
        raise lost() from error
    upload = Upload.objects.select_for_update(of=("self",)).of(by).filter(pk=key).first()
    if upload is None:
        raise lost()
    return upload


def _stored(upload: Upload, *, owner: Any, kind: str) -> Document:
    try:
        with slices.joined(upload) as file:
            size, sha256 = measured = originals.measure(file)
            if size != upload.size or upload.sha256 not in {"", sha256}:
                raise lost()
            return store(file, owner=owner, kind=kind, by=upload.owner, measured=measured)
    except OSError as error:
        logger.exception("the slices of an upload could not be read")
        raise turned_away(NotAccepted.STORAGE) from error


@transaction.atomic
def abandon(upload: Upload) -> None:
    """Forget an upload with all that arrived of it; a document that it became stays."""
    _erase(upload)
    Upload.objects.filter(pk=upload.pk).delete()


def _erase(upload: Upload) -> None:
    """Destroy the key at once; the slices, which nobody can read any more, go after the commit."""
    destroy_keys([upload.pk])
    upload_id = upload.pk
    transaction.on_commit(lambda: slices.delete_all(upload_id), robust=True)


def forget_expired() -> int:
    """Forget uploads that are too old, and slices that no unfinished upload knows; return how many uploads."""
    expired = list(Upload.objects.expired())
    for upload in expired:
        abandon(upload)
    known = set(Upload.objects.unfinished().values_list("pk", flat=True))
    for upload_id in slices.folders():
        if upload_id not in known and not Upload.objects.unfinished().filter(pk=upload_id).exists():
            slices.delete_all(upload_id)
    return len(expired)


def lost() -> ValidationError:
    """Return the error for an upload that cannot be finished."""
    return ValidationError(gettext("This file did not arrive whole. Choose it again."), code="lost")


def sha256_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
