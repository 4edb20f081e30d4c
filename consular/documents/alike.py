"""Other documents that are the same file, or show the same picture. For staff only: a flag, never a judgement."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models.expressions import RawSQL

from consular.documents.models import Document, Likeness
from consular.documents.supporting.likeness import are_copies

MOST = 200  # candidates that are compared for one case


@dataclass(frozen=True)
class Twin:
    """Another document with the same content, or, on `page`, with the same picture on one of its pages.

    `page` is 0 where the whole file is the same.
    """

    document: Document
    page: int = 0


def twins_of(documents: Collection[Document]) -> dict[Document, list[Twin]]:
    """Return the twins of each document among those that other people or cases handed in; three queries.

    A document that is left out, removed or in quarantine has none, and is none.
    """
    clean = [each for each in documents if each.is_clean and each.removed_at is None]
    found: dict[Document, list[Twin]] = defaultdict(list)
    for document, twin in [*_same_files(clean), *_same_pictures(clean)]:
        if twin.document not in [known.document for known in found[document]]:
            found[document].append(twin)
    return {document: twins for document, twins in found.items() if twins}


def _others(ours: Collection[Document]) -> models.QuerySet[Document]:
    return Document.objects.clean().exclude(pk__in=[each.pk for each in ours])


def _same_files(ours: Collection[Document]) -> Iterator[tuple[Document, Twin]]:
    by_digest = defaultdict(list)
    for other in _others(ours).filter(sha256__in={each.sha256 for each in ours}).order_by("pk")[:MOST]:
        by_digest[other.sha256].append(other)
    for document in ours:
        yield from ((document, Twin(other)) for other in by_digest[document.sha256])


def with_a_band_of(bands: Collection[int]) -> models.QuerySet[Likeness]:
    """Return the likenesses with one of these bands, by an index look-up for each.

    `bands__overlap` would read the table: PostgreSQL takes bands to be far commoner than they are.
    """
    pages = RawSQL(
        "SELECT l.page_id FROM unnest(%s::integer[]) AS band JOIN documents_likeness l ON l.bands @> ARRAY[band]",
        [sorted(bands)],
    )
    return Likeness.objects.filter(page__in=pages)


def _same_pictures(ours: Collection[Document]) -> Iterator[tuple[Document, Twin]]:
    """Look for the bands of all our pages at once, and compare what comes bit by bit."""
    pages = Likeness.objects.filter(page__document__in=ours, page__dropped_at=None).select_related("page")
    own = list(pages)
    bands = {band for each in own for band in each.bands}
    if not bands:
        return
    known = {document.pk: document for document in ours}
    candidates = with_a_band_of(bands).filter(page__dropped_at=None)
    others = candidates.filter(page__document__in=_others(ours)).select_related("page__document")
    for other in others.order_by("pk")[:MOST]:
        for each in own:
            if are_copies(bytes(each.bits), bytes(other.bits)):
                yield known[each.page.document_id], Twin(other.page.document, each.page.number)
