"""The text that was found in a PDF, kept encrypted with the document's key and opened for a comparison."""

import io
import json
from collections.abc import Collection
from typing import Any

from consular.documents.models import Document, Text
from consular.documents.supporting.language import language_of
from consular.documents.supporting.lines import Line
from consular.vault.locks import KeyDestroyedError, key_of, opened_key
from consular.vault.models import Key
from consular.vault.streaming import DamagedError, Decrypting, encrypted


def keep(document: Document, lines: Collection[dict[str, Any]]) -> None:
    """Keep the lines of a document, once; documents from before there were keys keep none."""
    if lines and (key := key_of(document.pk)) is not None:
        content = io.BytesIO(json.dumps(lines, ensure_ascii=False).encode())
        sealed = b"".join(encrypted(content, key, _context(document)))
        Text.objects.update_or_create(document=document, defaults={"sealed": sealed})


def lines_of(documents: Collection[Document]) -> dict[Document, list[Line]]:
    """Return the text of each document that has one; two queries. What was erased or damaged has none."""
    kept = {text.document_id: text for text in Text.objects.filter(document__in=documents)}
    keys = Key.objects.select_related("safe").in_bulk(kept) if kept else {}
    found = {}
    for document in documents:
        is_there = document.pk in kept and document.pk in keys and document.removed_at is None
        if is_there and (lines := _opened(document, kept[document.pk], keys[document.pk])):
            found[document] = lines
    return found


def _opened(document: Document, text: Text, key: Key) -> list[Line]:
    try:
        with Decrypting(io.BytesIO(text.sealed), opened_key(key), _context(document)) as file:
            raw = json.loads(file.read())
    except (KeyDestroyedError, DamagedError):
        return []
    return [Line(each["page"], tuple(each["box"]), each["text"]) for each in raw]


def _context(document: Document) -> bytes:
    return f"documents/{document.pk}/text".encode()


def written_in(lines: Collection[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the finding about the language of a text; none where it is not certain."""
    language = language_of(" ".join(each["text"] for each in lines))
    return [{"code": "written_in", "language": language}] if language else []
