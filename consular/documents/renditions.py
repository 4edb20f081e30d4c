"""Where the pages that we drew are written, and how all files of a document are found and deleted."""

import contextlib
import uuid
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile

from consular.documents.models import Document, Page
from consular.documents.sandbox.protocol import Rendition

ROOT = "documents"  # where the names of `consular.documents.models` begin


def write(document: Document, number: int, rendition: Rendition) -> Page:
    """Store one page and its row. The names of its files are fixed: work that is done again replaces them."""
    page = Page(document=document, number=number, width=rendition.width, height=rendition.height)
    _replace(page.image, rendition.image())
    _replace(page.thumbnail, rendition.thumbnail())
    page.save(force_insert=True)
    return page


def _replace(field: FieldFile, content: bytes) -> None:
    """Save under the field's own name; a left-over of an interrupted attempt goes first."""
    field.storage.delete(field.field.generate_filename(field.instance, ""))
    field.save("", ContentFile(content), save=False)


def folders(storage: Storage) -> Iterator[uuid.UUID]:
    """Yield the key of every document that has files, whether there is such a document or not."""
    try:
        names, _files = storage.listdir(ROOT)
    except FileNotFoundError:
        return
    for name in names:
        with contextlib.suppress(ValueError):
            yield uuid.UUID(name)


def delete_all_files(storage: Storage, document_id: uuid.UUID) -> None:
    """Delete whatever is stored for a document, also what an interrupted attempt left."""
    folder = f"{ROOT}/{document_id}"
    _delete_folder(storage, f"{folder}/pages")
    _delete_folder(storage, folder)


def _delete_folder(storage: Storage, folder: str) -> None:
    """Delete the files in a folder, and the folder itself where the storage has such things."""
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)
