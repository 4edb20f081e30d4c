"""The applicant answers an officer's question: saved bit by bit, sent once everything is there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import on_behalf, record
from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.models import Attachment, Case, Request, RequestItem
from consular.cases.status import Act, ItemState, Obstacle, Status
from consular.documents.models import Document
from consular.lib.refusal import RefusedError
from consular.notifications.actions import post
from consular.outbox.actions import owe
from consular.vault.actions import put_into_safe_of


@transaction.atomic
def save_answers(request: Request, *, by: Any, texts: Mapping[int, str]) -> Request:
    """Keep what was typed so far: item's key → text. An item without text is open again."""
    request = _open_request(request, by)
    for item in request.items.filter(pk__in=texts, purpose=""):
        item.answer = texts[item.pk]
        item.state = ItemState.ANSWERED if item.answer.strip() else ItemState.OPEN
        item.save(update_fields=["answer", "state"])
    if texts and (behalf := on_behalf(request.case.applicant_id, by)):
        record("case.answer_saved", request.case, by=by, reference=request.case.reference, **behalf)
    return request


@transaction.atomic
def attach(item: RequestItem, document: Document, *, by: Any) -> Attachment:
    """Answer an item with one of the applicant's own documents that belongs to no case yet."""
    request = _open_request(item.request, by)
    if document.owner_id != request.case.applicant_id or not item.purpose:
        raise RefusedError(Obstacle.NOT_THE_APPLICANT)
    if document.removed_at or Attachment.objects.filter(document=document).exists():
        raise RefusedError(Obstacle.DOCUMENT_TAKEN)
    attachment = Attachment.objects.create(
        case=request.case, document=document, purpose=item.purpose, item=item
    )
    put_into_safe_of(request.case, [document.pk])
    RequestItem.objects.filter(pk=item.pk).update(state=ItemState.ANSWERED)
    record(
        "case.document_added",
        request.case,
        by=by,
        reference=request.case.reference,
        document=str(document.pk),
        **on_behalf(request.case.applicant_id, by),
    )
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Any) -> None:
    """Take a document out of an answer that has not been sent yet."""
    item = attachment.item
    if item is None:
        raise RefusedError(Obstacle.NOT_NOW)
    request = _open_request(item.request, by)
    record(
        "case.document_taken_out", request.case, by=by,
        reference=request.case.reference, document=str(attachment.document_id),
        **on_behalf(request.case.applicant_id, by),
    )  # fmt: skip
    attachment.delete()
    if not item.attachments.exists():
        RequestItem.objects.filter(pk=item.pk).update(state=ItemState.OPEN)


@transaction.atomic
def send_answer(request: Request, *, by: Any) -> bool:
    """Close the request and resume the review; False, with nothing changed, while an item is open or has an unusable file."""
    request = _open_request(request, by)
    if not request.is_complete():
        return False
    case = request.case
    request.answered_at = timezone.now()
    request.save(update_fields=["answered_at"])
    move(case, Status.IN_REVIEW, by=by, request=request.pk, **on_behalf(case.applicant_id, by))
    owe("cases.check", key=f"request:{request.pk}:check", case_id=case.pk)
    key = f"request:{request.pk}:answered"
    post("cases/answer_received", to=case.applicant, key=key, case_reference=case.reference)
    return True


@transaction.atomic
def answer(
    request: Request,
    *,
    by: Any,
    texts: Mapping[int, str] | None = None,
    documents: Mapping[int, Iterable[Document]] | None = None,
) -> bool:
    """Save texts and documents, both by item's key, and send when that makes the answer complete."""
    save_answers(request, by=by, texts=texts or {})
    for item in request.items.filter(pk__in=documents or {}):
        for document in (documents or {})[item.pk]:
            attach(item, document, by=by)
    return send_answer(request, by=by)


def _open_request(request: Request, by: Any) -> Request:
    """Return the request read again, its case locked, when the applicant may still answer it."""
    case: Case = demand(Act.ANSWER, request.case, by=by)
    found = case.requests.open().filter(pk=request.pk).first()
    if found is None:
        raise RefusedError(Obstacle.NOT_NOW)
    found.case = case
    return found
