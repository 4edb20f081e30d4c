"""Turn, move, leave out and put back a page, until the document is submitted.

Every verb says what shall be so afterwards: done twice, or sent again by a browser, it changes nothing more.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.documents import rules
from consular.documents.models import Document, Page

QUARTERS = 4


class PageGoneError(Exception):
    """There is no such page, or it may not be changed any more: it was removed, or submitted."""


@transaction.atomic
def turn(document: Document, number: int, *, to: int, by: Any) -> None:
    """Have a page stand turned by `to` quarters, clockwise, from how it was drawn."""
    _document, page = hold(document, number)
    if page.turned == to % QUARTERS:
        return
    if (page.turned - to) % 2:
        page.width, page.height = page.height, page.width
    page.turned = to % QUARTERS
    page.save(update_fields=["turned", "width", "height"])
    record("document.page_turned", document, by=by, page=number, quarters=page.turned)


@transaction.atomic
def drop(document: Document, number: int, *, by: Any) -> None:
    """Leave a page out of what is handed in. It can be put back."""
    document, page = hold(document, number)
    if page.is_dropped:
        return
    _mark(document, page, timezone.now())
    record("document.page_dropped", document, by=by, page=number)


@transaction.atomic
def restore(document: Document, number: int, *, by: Any) -> None:
    """Put a page back that was left out."""
    document, page = hold(document, number)
    if not page.is_dropped:
        return
    _mark(document, page, None)
    record("document.page_restored", document, by=by, page=number)


def _mark(document: Document, page: Page, dropped_at: datetime | None) -> None:
    page.dropped_at = dropped_at
    page.save(update_fields=["dropped_at"])
    document.dropped_pages += 1 if dropped_at else -1
    document.save(update_fields=["dropped_pages"])


@transaction.atomic
def move(document: Document, number: int, *, to: int, by: Any) -> None:
    """Have a page stand at place `to` of its document, or at the nearest that there is."""
    _document, page = hold(document, number)
    before = list(document.pages.order_by("place", "number"))
    after = [each for each in before if each != page]
    after.insert(max(to, 1) - 1, page)
    if after == before:
        return
    for place, each in enumerate(after, start=1):
        each.place = place
    Page.objects.bulk_update(after, ["place"])
    record("document.page_moved", document, by=by, page=number, place=after.index(page) + 1)


def fix(documents: Iterable[Document], *, at: datetime) -> None:
    """Let nobody change how the pages stand: they were submitted. The database refuses it from here on."""
    Document.objects.filter(pk__in=[each.pk for each in documents], fixed_at=None).update(fixed_at=at)


def hold(document: Document, number: int) -> tuple[Document, Page]:
    """Return the document read again under a row lock, with one of its pages."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    page = document.pages.filter(number=number).first()
    if page is None or not rules.may_be_arranged(document):
        raise PageGoneError
    return document, page
