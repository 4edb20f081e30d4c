"""Check a file of this machine as the pipeline would, and keep nothing of it: for `manage.py document_check`."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone

from consular.documents import explain
from consular.documents.actions.process import answered, note, request_for
from consular.documents.actions.store import refuse_what_is_plain_to_see
from consular.documents.cleaning import SandboxError
from consular.documents.models import Document
from consular.documents.status import Kind
from consular.lib.mrz import parse

CLEAN, REFUSED, FAILED = "clean", "refused", "failed"

Verdict = dict[str, Any]


def check(path: Path, kind: Kind) -> Verdict:
    """Return the verdict on a file; whatever goes wrong is one too, and says whether the file is to blame.

    file, kind, content_type, pages   what was looked at, as what, what it is by its content, how many pages
    verdict                           "clean", "refused" (the file's fault) or "failed" (ours, or no such file)
    reason, message                   a code of `Refusal`, of `NotAccepted`, or why it failed; what to do, in words
    mrz, photo                        what was read or measured, None where nothing was
    findings                          [{"code", numbers …, "message"}]
    """
    verdict = {"file": str(path), **_nothing(kind)}
    try:
        return verdict | _checked(path, kind)
    except ValidationError as error:
        return verdict | {"verdict": REFUSED, "reason": error.code, "message": error.message}
    except SandboxError as error:
        return verdict | {"reason": "not_processed", "message": str(error)}
    except (OSError, ValueError) as error:  # ValueError: no path at all, such as one with a NUL
        return verdict | {"reason": "not_readable", "message": getattr(error, "strerror", None) or str(error)}


def _nothing(kind: Kind) -> Verdict:
    return {
        "verdict": FAILED,
        "reason": "",
        "message": "",
        "kind": kind.value,
        "content_type": "",
        "pages": 0,
        "mrz": None,
        "photo": None,
        "findings": [],
    }


def _checked(path: Path, kind: Kind) -> Verdict:
    if not path.is_file():  # Nor a pipe, on which one would wait
        raise FileNotFoundError(2, "There is no such file.")
    with path.open("rb") as handle:
        upload = File(handle)
        refuse_what_is_plain_to_see(upload, kind)
        document = Document(kind=kind, size=upload.size)
    with answered(lambda: path.open("rb"), request_for(document)) as (answer, _found):
        note(document, answer.report)
        document.page_count = len(answer.pages)
    document.state = Document.State.REFUSED if document.refusal else Document.State.CLEAN
    return _told(document)


def _told(document: Document) -> Verdict:
    return {
        "verdict": REFUSED if document.is_refused else CLEAN,
        "reason": document.refusal,
        "message": _message(document),
        "content_type": document.content_type,
        "pages": document.page_count,
        "mrz": _mrz(document.fields) if document.kind == Kind.PASSPORT else None,
        "photo": (document.fields or None) if document.kind == Kind.PHOTO else None,
        "findings": [{**each, "message": explain.note(each)} for each in document.findings],
    }


def _message(document: Document) -> str:
    """Return what to do about a file, and of a clean one what could be better; '' where nothing could."""
    return explain.words(document)[1] if document.is_refused else " ".join(explain.advice(document))


def _mrz(fields: dict[str, Any], today: dt.date | None = None) -> dict[str, Any] | None:
    """Return the zone that was read, with its format and the judgement of its check digits."""
    if not fields:
        return None
    lines = fields["lines"]
    zone = parse(lines, today=today or timezone.localdate())
    said = {name: value for name, value in fields.items() if name != "lines"}
    return {"format": zone.format, "lines": lines, "valid": zone.valid, "fields": said}
