"""Where the slices of unfinished uploads lie: each a file of its own, encrypted with the upload's own key.

They are as personal as the documents that they become, and lie in the same private storage.
"""

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from consular.documents import renditions
from consular.documents.models import Document, Upload
from consular.vault.files import sealed, unsealed
from consular.vault.locks import key_of

ROOT = "uploads"


def storage() -> Storage:
    return Document._meta.get_field("original").storage


def write(upload: Upload, content: bytes) -> None:
    """Store the next slice; one that an interrupted attempt left in its place goes first."""
    name, key = name_of(upload.pk, upload.received), _key(upload)
    storage().delete(name)
    with sealed(BytesIO(content), key, name) as file:
        storage().save(name, file)


@contextlib.contextmanager
def joined(upload: Upload) -> Iterator["File[bytes]"]:
    """Yield the whole file, made of its slices. Raises OSError when one cannot be read."""
    names = [name_of(upload.pk, offset) for offset in offsets(upload.pk)]
    key = _key(upload) if names else b""
    with tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as whole:
        for name in names:
            with unsealed(storage(), name, key, name) as part:
                shutil.copyfileobj(part, whole)
        whole.seek(0)
        file: File[bytes] = File(whole, upload.filename)
        file.size = upload.size
        yield file


def offsets(upload_id: uuid.UUID) -> list[int]:
    """Return where the stored slices begin, in order."""
    try:
        _folders, names = storage().listdir(f"{ROOT}/{upload_id}")
    except FileNotFoundError:
        return []
    return sorted(int(name) for name in names)


def delete_all(upload_id: uuid.UUID) -> None:
    """Delete whatever is stored of an upload, and its folder where the storage has such things."""
    for offset in offsets(upload_id):
        storage().delete(name_of(upload_id, offset))
    storage().delete(f"{ROOT}/{upload_id}")


def folders() -> Iterator[uuid.UUID]:
    """Yield the key of every upload that has slices, whether there is such an upload or not."""
    return renditions.folders(storage(), ROOT)


def name_of(upload_id: uuid.UUID, offset: int) -> str:
    return f"{ROOT}/{upload_id}/{offset:010d}"


def _key(upload: Upload) -> bytes:
    key = key_of(upload.pk)
    if key is None:
        raise FileNotFoundError
    return key
