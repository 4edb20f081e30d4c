"""Give a member of staff the original of a document."""

from typing import Any

from django.core.files.base import File

from consular.audit.trail import record
from consular.documents import originals
from consular.documents.models import Document


def hand_over_original(document: Document, *, by: Any) -> "File[bytes]":
    """Return the original, open for reading, and note in the trail who took it."""
    record("document.original_taken", document, by=by, sha256=document.sha256)
    return originals.opened(document)
