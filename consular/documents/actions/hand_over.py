"""Give a member of staff a document: as a rule a stamped copy, for a reason the original."""

from typing import Any

from django.core.files.base import File
from django.utils import timezone

from consular.audit.trail import record
from consular.documents import copies, originals
from consular.documents.models import Document
from consular.lib.references import spaced
from consular.vault.streaming import DamagedError


def hand_over_copy(document: Document, *, by: Any, reference: str) -> "File[bytes]":
    """Return a PDF of the pages, each stamped with who, when and which case; the trail notes who took it."""
    copy = copies.stamped(document, [str(by), f"{by.email} · {_moment()} · {spaced(reference)}"])
    record(
        "document.copy_taken", document, by=by,
        reference=reference, sha256=document.sha256, pages=document.page_count,
    )  # fmt: skip
    return copy


def hand_over_original(document: Document, *, by: Any, **why: Any) -> "File[bytes]":
    """Return the original, open for reading, and note in the trail who took it; `why` are codes, never words.

    It is read through before anything is handed over: nobody is given half of a file, or another than was stored.
    """
    ensure_sound(document)
    original = originals.opened(document)
    record("document.original_taken", document, by=by, sha256=document.sha256, **why)
    return original


def ensure_sound(document: Document) -> None:
    """Raise `DamagedError` unless the original is what was stored."""
    with originals.opened(document) as original:
        _size, sha256 = originals.measure(original)
    if sha256 != document.sha256:
        raise DamagedError("another file than was stored")


def _moment() -> str:
    return f"{timezone.now():%Y-%m-%d %H:%M} UTC"
