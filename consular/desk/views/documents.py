"""Documents of a case, for who may see the case: pages of what is clean, stamped copies, and for a reason the original."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_safe

from consular.audit.trail import record
from consular.cases.actions import RefusedError, add_note
from consular.cases.kinds import kind_of
from consular.cases.models import Attachment, Case
from consular.cases.status import Act
from consular.desk.views.acts import FormActView
from consular.desk.views.fetching import case_for
from consular.documents import rules
from consular.documents.models import Document
from consular.documents.views import serve_copy, serve_original, serve_page


def _attachment(case: Case, document_id: uuid.UUID) -> Attachment:
    attachment = case.attachments.filter(document=document_id).select_related("document").first()
    if attachment is None:
        raise Http404
    return attachment


def _document(request: HttpRequest, reference: str, document_id: uuid.UUID) -> Document:
    return _attachment(case_for(request.user, reference), document_id).document


@require_safe
def page(request: HttpRequest, reference: str, document_id: uuid.UUID, number: int) -> HttpResponseBase:
    """Show one page; each look is noted. A document that is not clean has no pages."""
    document = _document(request, reference, document_id)
    response = serve_page(document, number)
    record("document.seen", document, by=request.user, page=number)
    return response


@require_safe
def thumbnail(request: HttpRequest, reference: str, document_id: uuid.UUID, number: int) -> HttpResponseBase:
    return serve_page(_document(request, reference, document_id), number, small=True)


@require_safe
def copy(request: HttpRequest, reference: str, document_id: uuid.UUID) -> HttpResponseBase:
    """Hand over the pages as a PDF, stamped with who takes it, when and from which case; the trail notes it."""
    case = case_for(request.user, reference)
    document = _attachment(case, document_id).document
    return serve_copy(document, by=request.user, reference=case.reference)


class Original(FormActView):
    """The file as it was handed in, for who works on the case and says why."""

    act = Act.NOTE
    title, button = _("Take the original"), _("Download the original")
    consequence = _(
        "The original is the file exactly as it was handed in: it carries no stamp, and it may hold hidden data or "
        "harmful code. Your reason stands among the notes of the case, and the trail keeps that you took it."
    )
    attachment: Attachment

    def dispatch(self, request: HttpRequest, *args: Any, document_id: uuid.UUID, **kwargs: Any) -> Any:
        self.attachment = _attachment(case_for(request.user, kwargs["reference"]), document_id)
        if not rules.may_be_downloaded(self.attachment.document):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def valid(self, form: Any) -> HttpResponse:
        """Put the reason among the notes and hand the file over: both or neither."""
        with transaction.atomic():
            try:
                note = add_note(self.case, by=self.request.user, text=self.note(form.cleaned_data["reason"]))
            except RefusedError as refused:
                messages.error(self.request, refused.reason)
                return self.back()
            response = serve_original(
                self.attachment.document, by=self.request.user, reference=self.case.reference, note=note.pk
            )
            transaction.set_rollback(response.status_code != HttpResponse.status_code)
        return response  # type: ignore[return-value]  # A file, which View knows how to return

    def note(self, reason: str) -> str:
        label = kind_of(self.case).document_label(self.attachment.purpose)
        return gettext("Took the original of “%(document)s”: %(reason)s") % {
            "document": label,
            "reason": reason,
        }
