"""Where originals are written and opened: nothing else touches one.

The storage is Django's default one (a private folder, or a private bucket). What encrypts originals at
rest belongs into these functions.
"""

import hashlib
from typing import Any

from django.core.files.base import File
from django.db import transaction

from consular.documents.models import Document


def write(document: Document, upload: "File[bytes]") -> None:
    """Store the bytes of `upload` as the document's original; gone again if the transaction rolls back.

    Raises OSError when the storage does not take it, and leaves nothing half-written.
    """
    upload.seek(0)
    field = document.original
    name = field.field.generate_filename(document, "")
    guard = _Guard(field.storage, name)
    field.save("", upload, save=False)
    transaction.on_commit(guard.keep)


def opened(document: Document) -> "File[bytes]":
    """Open the original for reading; the caller closes it."""
    return document.original.open("rb")


def measure(upload: "File[bytes]") -> tuple[int, str]:
    """Return the number of bytes of `upload` and their SHA-256, reading it piece by piece."""
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


class _Guard:
    """Deletes a file unless it is told to keep it.

    Django calls nothing when a transaction rolls back, but it lets go of what waited for the commit:
    the guard is held by that alone, and its end is the sign.
    """

    def __init__(self, storage: Any, name: str) -> None:
        self.storage, self.name, self.kept = storage, name, False

    def keep(self) -> None:
        self.kept = True

    def __del__(self) -> None:
        if not self.kept:
            self.storage.delete(self.name)
