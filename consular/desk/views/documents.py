"""Documents of a case, for who may see the case: pages of what is clean, and the original as a download."""

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from consular.audit.trail import record
from consular.desk.views.fetching import case_for
from consular.documents.models import Document
from consular.documents.views import serve_original, serve_page


def _document(request: HttpRequest, reference: str, document_id: uuid.UUID) -> Document:
    case = case_for(request.user, reference)
    attachment = case.attachments.filter(document=document_id).select_related("document").first()
    if attachment is None:
        raise Http404
    return attachment.document


@require_safe
def page(request: HttpRequest, reference: str, document_id: uuid.UUID, number: int) -> FileResponse:
    """Show one page; each look is noted. A document that is not clean has no pages."""
    document = _document(request, reference, document_id)
    response = serve_page(document, number)
    record("document.seen", document, by=request.user, page=number)
    return response


@require_safe
def thumbnail(request: HttpRequest, reference: str, document_id: uuid.UUID, number: int) -> FileResponse:
    return serve_page(_document(request, reference, document_id), number, small=True)


@require_safe
def original(request: HttpRequest, reference: str, document_id: uuid.UUID) -> FileResponse:
    """Hand the original over as a download; the trail notes who took it."""
    return serve_original(_document(request, reference, document_id), by=request.user)
