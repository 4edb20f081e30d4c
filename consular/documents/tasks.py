"""Work that Celery does for documents."""

from datetime import timedelta

from celery import shared_task

from consular.documents import actions
from consular.documents.models import Document
from consular.documents.resumable.actions import forget_expired
from consular.outbox.effects import effect


# A storage may be away for hours: 40 attempts are nearly three, and people were told that we try again.
@effect("documents.process", lease=timedelta(minutes=3), max_attempts=40)
def process(*, document_id: str) -> None:
    actions.process(Document.objects.get(pk=document_id))


@effect("documents.erase", max_attempts=40)
def erase(*, document_id: str) -> None:
    actions.erase(Document.objects.get(pk=document_id))


@effect("documents.tidy", max_attempts=40)
def tidy(*, document_id: str) -> None:
    actions.tidy(Document.objects.get(pk=document_id))


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Every day: delete files that no document knows. A second beat changes nothing."""
    actions.sweep()


@shared_task(name="documents.forget_uploads")
def forget_uploads() -> None:
    """Every hour: forget uploads that were never finished. A second beat changes nothing."""
    forget_expired()
