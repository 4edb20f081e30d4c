"""Where the pages that we drew are written and read, and how all files of a document are found and deleted.

Pages show what the original shows, so they are encrypted as it is, with the document's own key.
"""

import contextlib
import io
import uuid
from collections.abc import Iterable, Iterator
from typing import cast

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile

from consular.documents.models import Document, Likeness, Page
from consular.documents.sandbox.protocol import Rendition
from consular.documents.supporting.likeness import bands_of
from consular.documents.turning import upright
from consular.vault.files import sealed, unsealed
from consular.vault.locks import key_of

ROOT = "documents"  # where the names of `consular.documents.models` begin


def write(document: Document, pages: Iterable[Rendition]) -> None:
    """Store the pages and their rows. The names of the files are fixed: work that is done again replaces them."""
    key = key_of(document.pk)
    for number, rendition in enumerate(pages, start=1):
        _write_page(Page(document=document, number=number), rendition, key)


def _write_page(page: Page, rendition: Rendition, key: bytes | None) -> None:
    page.width, page.height = rendition.width, rendition.height
    _replace(page.image, rendition.image(), key)
    _replace(page.thumbnail, rendition.thumbnail(), key)
    page.save(force_insert=True)
    if rendition.likeness:
        bands = bands_of(rendition.likeness)
        Likeness.objects.create(page=page, bits=rendition.likeness, bands=bands)


def read(picture: FieldFile) -> bytes:
    """Return a page's `image` or `thumbnail` as a JPEG, turned as its owner turned it, all of it.

    Not a byte of a damaged one is shown.

    Raises `KeyDestroyedError` for what was erased, and OSError (`DamagedError`, FileNotFoundError …) for trouble.
    """
    page = cast("Page", picture.instance)
    key = key_of(page.document_id)
    name = picture.name or ""
    storage = picture.storage
    with storage.open(name, "rb") if key is None else unsealed(storage, name, key, context(picture)) as file:
        return upright(file.read(), page.turned)


def context(picture: FieldFile) -> str:
    """Return what binds an encrypted picture to its place."""
    page = cast("Page", picture.instance)
    return f"documents/{page.document_id}/pages/{page.number}/{picture.field.name}"


def _replace(field: FieldFile, content: bytes, key: bytes | None) -> None:
    """Save under the field's own name; a left-over of an interrupted attempt goes first."""
    field.storage.delete(field.field.generate_filename(field.instance, ""))
    plain = io.BytesIO(content)
    with File(plain) if key is None else sealed(plain, key, context(field)) as file:
        field.save("", file, save=False)


def folders(storage: Storage, root: str = ROOT) -> Iterator[uuid.UUID]:
    """Yield the key of every document (or what else lies in `root`) that has files, whether it exists or not."""
    try:
        names, _files = storage.listdir(root)
    except FileNotFoundError:
        return
    for name in names:
        with contextlib.suppress(ValueError):
            yield uuid.UUID(name)


def all_files(storage: Storage, document_id: uuid.UUID) -> Iterator[str]:
    """Yield the name of whatever is stored for a document, also what an interrupted attempt left."""
    for folder in _folders_of(document_id):
        with contextlib.suppress(FileNotFoundError):
            yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])


def delete_all_files(storage: Storage, document_id: uuid.UUID) -> None:
    """Delete all files of a document, and its folders where the storage has such things."""
    for name in list(all_files(storage, document_id)):
        storage.delete(name)
    for folder in _folders_of(document_id):
        storage.delete(folder)


def _folders_of(document_id: uuid.UUID) -> tuple[str, str]:
    return f"{ROOT}/{document_id}/pages", f"{ROOT}/{document_id}"
