"""Work that Celery does for documents."""

from datetime import timedelta

from celery import shared_task

from consular.documents import actions
from consular.documents.models import Document
from consular.outbox.effects import effect


@effect("documents.process", lease=timedelta(minutes=3))
def process(*, document_id: str) -> None:
    actions.process(Document.objects.get(pk=document_id))


@effect("documents.erase")
def erase(*, document_id: str) -> None:
    actions.erase(Document.objects.get(pk=document_id))


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Every day: delete files that no document knows. A second beat changes nothing."""
    actions.sweep()
