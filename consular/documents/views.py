"""Pages and state for their owner, and the two responses that the desk gives after its own questions."""

import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consular.documents import actions, rules
from consular.documents.models import Document

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
def page_image(request: HttpRequest, document_id: uuid.UUID, number: int) -> FileResponse:
    """Show one page to its owner; 404 to everybody else."""
    return serve_page(_own_document(request, document_id), number)


@require_safe
def page_thumbnail(request: HttpRequest, document_id: uuid.UUID, number: int) -> FileResponse:
    return serve_page(_own_document(request, document_id), number, small=True)


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


def _own_document(request: HttpRequest, document_id: uuid.UUID) -> Document:
    document = get_object_or_404(Document, pk=document_id)
    if not rules.may_open(request.user, document):
        raise Http404
    return document


def serve_page(document: Document, number: int, *, small: bool = False) -> FileResponse:
    """Respond with a page of a clean document. Ask first whether the person may see it."""
    page = document.pages.filter(number=number).first() if document.is_clean else None
    if page is None or document.removed_at is not None:
        raise Http404
    picture = page.thumbnail if small else page.image
    name = f"{document.pk}-{number}.jpg"
    return FileResponse(picture.open("rb"), filename=name, content_type="image/jpeg", headers=HEADERS)


def serve_original(document: Document, *, by: Any) -> FileResponse:
    """Respond with the original as a download that no browser opens; the trail notes who took it.

    For staff only: ask first whether `by` may see the document.
    """
    if not rules.may_be_downloaded(document):
        raise Http404
    original = actions.hand_over_original(document, by=by)
    return FileResponse(
        original,
        as_attachment=True,
        filename=document.filename,
        content_type="application/octet-stream",
        headers=HEADERS_OF_ORIGINALS,
    )
