"""Where originals are written and opened: nothing else touches one.

The storage is Django's default one (a private folder, or a private bucket). What lies there is encrypted with the
document's own key (`consular.vault`); what was stored before there were keys is plain until `encrypt_documents`.
"""

import hashlib
from typing import Any

from django.core.files.base import File
from django.db import transaction

from consular.documents.models import Document
from consular.vault.actions import make_key
from consular.vault.files import sealed, unsealed
from consular.vault.locks import key_of


def write(document: Document, upload: "File[bytes]") -> None:
    """Store the bytes of `upload`, encrypted with a new key; both are gone again if the transaction rolls back.

    Raises OSError when the storage does not take it, and leaves nothing half-written.
    """
    upload.seek(0)
    field = document.original
    guard = _Guard(field.storage, field.field.generate_filename(document, ""))
    with sealed(upload, make_key(document.pk), context(document)) as file:
        field.save("", file, save=False)
    transaction.on_commit(guard.keep)


def opened(document: Document) -> "File[bytes]":
    """Open the original for reading, once, from its beginning; the caller closes it.

    Raises `KeyDestroyedError` for what was erased, and OSError when the storage is away or what it holds is not
    what we wrote (`DamagedError`, which may come while reading).
    """
    key = key_of(document.pk)
    if key is None:
        return document.original.open("rb")
    return unsealed(document.original.storage, document.original.name or "", key, context(document))


def context(document: Document) -> str:
    """Return what binds the encrypted original to its document."""
    return f"documents/{document.pk}/original"


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
