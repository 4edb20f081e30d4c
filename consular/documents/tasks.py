"""Work that Celery does for documents."""

from datetime import timedelta

from consular.documents import actions
from consular.documents.models import Document
from consular.outbox.effects import effect


@effect("documents.process", lease=timedelta(minutes=3))
def process(*, document_id: str) -> None:
    actions.process(Document.objects.get(pk=document_id))


@effect("documents.erase")
def erase(*, document_id: str) -> None:
    actions.erase(Document.objects.get(pk=document_id))
