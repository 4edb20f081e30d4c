"""Put the pages of a draft's files in order: turn, move, leave out, put back, replace one."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from consular.documents.actions import pages
from consular.documents.actions.pages import PageGoneError
from consular.documents.models import Document
from visas.applications.actions.attach import handed_in, not_handed_in, note_use
from visas.applications.actions.detach import let_go
from visas.applications.actions.lock import lock_draft
from visas.applications.models import Evidence
from visas.applications.room import ensure_room


@transaction.atomic
def arrange(evidence: Evidence, verb: Callable[..., None], number: int, *, by: Any) -> None:
    """Do one of the verbs of pages (`pages.turn`, `pages.drop` …) to a page of a draft's file."""
    evidence = held(evidence, by=by)
    verb(evidence.document, number, by=by)


@transaction.atomic
def move_file(evidence: Evidence, *, to: int, by: Any) -> None:
    """Have a file stand at place `to` among those for the same document, or at the nearest that there is."""
    evidence = held(evidence, by=by)
    others = [each for each in files_beside(evidence) if each != evidence]
    others.insert(max(to, 1) - 1, evidence)
    number_anew(others)


@transaction.atomic
def replace_page(evidence: Evidence, number: int, document: Document, *, by: Any) -> None:
    """Hand in a stored file in place of a page.

    A file that is that page alone goes. Of a file with several pages the page is left out, and the new file stands
    before the file where that was its first page, behind it else. ValidationError when there would be too many files.
    """
    evidence = held(evidence, by=by)
    if not not_handed_in([document]):  # The form was sent again
        return
    _document, page = pages.hold(evidence.document, number)
    files = files_beside(evidence)
    at = files.index(evidence)
    if evidence.document.page_count == 1:
        files.remove(evidence)
        let_go(evidence, by=by)
    else:
        ensure_room(len(files) + 1)
        at += 0 if page == evidence.document.kept_pages[0] else 1
        pages.drop(evidence.document, number, by=by)
    new = Evidence(application=evidence.application, document=document, purpose=evidence.purpose)
    new.save()
    files.insert(at, new)
    number_anew(files)
    note_use(evidence.application, evidence.purpose, by=by)


def held(evidence: Evidence, *, by: Any) -> Evidence:
    """Return the evidence read again while its draft is held; PageGoneError when it was taken back meanwhile."""
    application = lock_draft(evidence.application, by=by)
    found = handed_in(application, evidence.purpose).select_related("document").filter(pk=evidence.pk).first()
    if found is None:
        raise PageGoneError
    return found


def files_beside(evidence: Evidence) -> list[Evidence]:
    """Return what is handed in for the same document, in order."""
    return list(handed_in(evidence.application, evidence.purpose))


def number_anew(files: list[Evidence]) -> None:
    for position, each in enumerate(files, start=1):
        each.position = position
    Evidence.objects.bulk_update(files, ["position"])
