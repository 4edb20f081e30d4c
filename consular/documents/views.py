"""Pages and state for their owner, and the two responses that the desk gives after its own questions."""

import io
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from consular.documents import actions, renditions, rules
from consular.documents.models import Document
from consular.documents.photo_sheet import Sheet
from consular.documents.uses import use_of
from consular.vault.locks import KeyDestroyedError

logger = logging.getLogger(__name__)

# What we serve runs nothing and is kept nowhere. A picture loads nothing either, and browsers that show
# one on its own style their page inline: `default-src 'none'` would block that.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
HEADERS_OF_ORIGINALS = HEADERS | {"Content-Security-Policy": "default-src 'none'; sandbox"}


@require_safe
def page_image(request: HttpRequest, document_id: uuid.UUID, number: int) -> HttpResponse | FileResponse:
    """Show one page to its owner; 404 to everybody else."""
    return serve_page(_own_document(request, document_id), number, dropped=True)


@require_safe
def page_thumbnail(request: HttpRequest, document_id: uuid.UUID, number: int) -> HttpResponse | FileResponse:
    return serve_page(_own_document(request, document_id), number, small=True, dropped=True)


@require_safe
def state(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """Answer a page that waits: the state as a part of a page, 304 without news, 204 when it is settled and known."""
    document = _own_document(request, document_id)
    tag = f'"{document.state}-{get_language()}"'
    known = request.headers.get("If-None-Match") == tag
    if known:
        return HttpResponse(status=304 if document.is_in_quarantine else 204)
    answer = render(request, "documents/state.html", {"document": document})
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def photo(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """Show the owner of a photo what it measures, with lines over the picture."""
    document = _own_document(request, document_id)
    sheet = Sheet.of(document)
    if sheet is None:
        raise Http404
    answer = render(request, "documents/photo.html", {"sheet": sheet, "use": use_of(document)})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _own_document(request: HttpRequest, document_id: uuid.UUID) -> Document:
    document = get_object_or_404(Document, pk=document_id)
    if not rules.may_open(request.user, document):
        raise Http404
    return document


def serve_page(
    document: Document, number: int, *, small: bool = False, dropped: bool = False
) -> HttpResponse | FileResponse:
    """Respond with a page of a clean document. Ask first whether the person may see it.

    A page that its owner left out (`dropped`) only they may see: it is no part of what they handed in.
    """
    page = document.pages.filter(number=number).first() if document.is_clean else None
    if page is None or document.removed_at is not None or (page.is_dropped and not dropped):
        raise Http404
    try:
        content = renditions.read(page.thumbnail if small else page.image)
    except (KeyDestroyedError, FileNotFoundError) as error:
        raise Http404("erased") from error
    except OSError as error:
        return not_now(document, error)
    name = f"{document.pk}-{number}.jpg"
    return FileResponse(io.BytesIO(content), filename=name, content_type="image/jpeg", headers=HEADERS)


def serve_copy(document: Document, *, by: Any, reference: str) -> HttpResponse | FileResponse:
    """Respond with the stamped copy of a document as a PDF; the trail notes who took it.

    For staff only: ask first whether `by` may see the document. `reference` is the case's.
    """
    copy = _handed_over(document, lambda: actions.hand_over_copy(document, by=by, reference=reference))
    if isinstance(copy, HttpResponse):
        return copy
    name = f"{reference}-{str(document.pk)[:8]}.pdf"
    return FileResponse(
        copy, as_attachment=True, filename=name, content_type="application/pdf", headers=HEADERS_OF_ORIGINALS
    )


def serve_original(document: Document, *, by: Any, **why: Any) -> HttpResponse | FileResponse:
    """Respond with the original as a download that no browser opens; the trail notes who took it, and `why`.

    For staff only: ask first whether `by` may have the document.
    """
    original = _handed_over(document, lambda: actions.hand_over_original(document, by=by, **why))
    if isinstance(original, HttpResponse):
        return original
    answer = FileResponse(
        original,
        as_attachment=True,
        filename=document.filename,
        content_type="application/octet-stream",
        headers=HEADERS_OF_ORIGINALS,
    )
    answer["Content-Length"] = str(
        document.size
    )  # What comes is checked before; a stream does not tell its length
    return answer


def _handed_over(document: Document, action: Callable[[], "File[bytes]"]) -> "File[bytes] | HttpResponse":
    """Return the file that the action opens; 404 for what is not clean or was erased, else that it is not to be had."""
    if not rules.may_be_downloaded(document):
        raise Http404
    try:
        return action()
    except (KeyDestroyedError, FileNotFoundError) as error:
        raise Http404("erased") from error
    except OSError as error:
        return not_now(document, error)


def not_now(document: Document, error: OSError) -> HttpResponse:
    """Say that a file cannot be had now: its storage is away, or what lies there is not what we wrote."""
    logger.error("a file of document %s cannot be read: %s", document.pk, type(error).__name__)
    words = gettext("We cannot open this file just now. The fault is ours: try again in a few minutes.")
    headers = {"Retry-After": "60", "Cache-Control": "private, no-store"}
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers=headers)
