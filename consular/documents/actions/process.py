"""Take a file out of quarantine: have it decoded and drawn again elsewhere, then settle it in one transaction.

The work may be begun any number of times, by any number of workers, and is done once: the slow part holds no
lock and writes nothing, and the one who settles holds the row and asks again whether there is anything to do.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.documents import findings, listeners, originals, photo_rules, renditions, rules, scanning, texts
from consular.documents.cleaning import Answer, SandboxError, cleaned
from consular.documents.models import Document
from consular.documents.sandbox.protocol import Report, Request
from consular.documents.scanning import Scan
from consular.documents.status import Kind, Refusal, State
from consular.vault.locks import KeyDestroyedError

logger = logging.getLogger(__name__)

PIPELINE_VERSION = 3  # raise it when the same file would come out differently


def process(document: Document) -> None:
    """Make a document clean or refuse it; nothing happens if it is settled or removed.

    When the trouble is ours (storage or scanner away, machine overloaded) the document is marked as failed, and the error
    goes on to the effect, which is tried again.
    """
    if not rules.awaits_processing(document):
        return
    try:
        with answered(partial(originals.opened, document), request_for(document)) as (answer, found):
            settle(document, answer, found)
    except KeyDestroyedError:
        return  # It was removed since we looked
    except (SandboxError, OSError) as error:
        logger.warning(
            "document %s was not processed: %s %s", document.pk, type(error).__name__, _reason(error)
        )
        Document.objects.in_quarantine().filter(pk=document.pk).update(state=State.FAILED)
        raise


@contextlib.contextmanager
def answered(opened: Callable[[], IO[bytes]], request: Request) -> Iterator[tuple[Answer, Scan | None]]:
    """Yield the answer about a file, and what the virus scanner says where one is set up.

    What that refuses nobody decodes. The file is `opened` for each of them: an encrypted one is read only once.
    """
    found = scanned(opened)
    if found and not found.is_clean:
        yield Answer((), Report(refusal=Refusal.MALWARE, figures={"signature": found.signature})), found
        return
    with opened() as original, cleaned(original, request) as answer:
        yield answer, found


def scanned(opened: Callable[[], IO[bytes]]) -> Scan | None:
    """Return what the virus scanner says about a file; None where none is set up."""
    if not scanning.is_set_up():
        return None
    with opened() as original:
        return scanning.scan(original)


def request_for(document: Document) -> Request:
    return Request(
        kind=document.kind,
        max_pages=settings.DOCUMENT_MAX_PAGES,
        max_pixels=settings.DOCUMENT_MAX_PIXELS,
        today=timezone.localdate().isoformat(),
    )


def _reason(error: Exception) -> str:
    """Return what may be logged: our own words about the child, no path and no answer of a storage."""
    return str(error) if isinstance(error, SandboxError) else ""


@transaction.atomic
def settle(document: Document, answer: Answer, found: Scan | None = None) -> None:
    """Write down what came of a document, unless somebody else has, or its owner has removed it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not rules.awaits_processing(document):
        return
    note(document, answer.report)
    renditions.write(document, answer.pages)
    document.page_count = len(answer.pages)
    document.scanner = found.engine if found else ""
    document.state = State.REFUSED if document.refusal else State.CLEAN
    document.save()
    texts.keep(document, answer.report.lines if document.is_clean else [])
    record(f"document.{document.state}", document, refusal=document.refusal, pages=document.page_count)
    listeners.tell(document)


def note(document: Document, report: Report) -> None:
    """Copy the report into the document's columns."""
    document.content_type = report.content_type
    document.refusal = report.refusal
    document.figures = report.figures
    document.findings = report.findings + texts.written_in(report.lines)
    document.fields = dict(report.fields)
    if document.kind == Kind.PHOTO and report.measures:
        asked = photo_rules.asked_of(document)
        document.fields = {**report.measures, photo_rules.SPECIFICATION: asked.code}
        document.findings = report.findings + findings.of_photo(report.measures, asked, document.size or 0)
    document.processed_at = timezone.now()
    document.pipeline_version = PIPELINE_VERSION
