"""What the database itself refuses."""

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils import timezone

from consular.documents.models import Document, Page
from consular.documents.status import Finding
from tests.factories.documents import CleanDocumentFactory, DocumentFactory, RefusedDocumentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "change", "constraint"),
    [
        (DocumentFactory, {"kind": "other"}, "document_has_a_known_kind"),
        (DocumentFactory, {"state": "other"}, "document_has_a_known_state"),
        (DocumentFactory, {"size": 0}, "document_is_not_empty"),
        (DocumentFactory, {"sha256": "x" * 64}, "document_digest_is_a_sha256"),
        (DocumentFactory, {"refusal": "damaged"}, "refused_document_has_a_reason"),
        (RefusedDocumentFactory, {"refusal": ""}, "refused_document_has_a_reason"),
        (CleanDocumentFactory, {"page_count": 0}, "clean_document_has_pages"),
        (RefusedDocumentFactory, {"page_count": 1}, "clean_document_has_pages"),
        (CleanDocumentFactory, {"content_type": ""}, "clean_document_knows_its_type"),
        (CleanDocumentFactory, {"processed_at": None}, "settled_document_says_when"),
        (DocumentFactory, {"processed_at": timezone.now()}, "settled_document_says_when"),
        (DocumentFactory, {"original": ""}, "kept_document_has_its_original"),
    ],
)
def test_the_database_refuses_what_cannot_be(factory, change, constraint):
    document = factory()
    with pytest.raises(IntegrityError, match=constraint), atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_a_document_has_each_page_once():
    page = CleanDocumentFactory().pages.get()
    page.pk = None
    with pytest.raises(IntegrityError, match="document_has_each_page_once"), atomic():
        page.save(force_insert=True)
    with pytest.raises(IntegrityError, match="document_pages_count_from_one"), atomic():
        Page.objects.update(number=0)


def test_querysets_tell_what_is_kept_waiting_and_clean():
    waiting, clean, refused = DocumentFactory(), CleanDocumentFactory(), RefusedDocumentFactory()
    removed = DocumentFactory(removed_at=timezone.now())
    assert set(Document.objects.kept()) == {waiting, clean, refused}
    assert set(Document.objects.in_quarantine()) == {waiting}
    assert set(Document.objects.clean()) == {clean}
    assert set(Document.objects.of(removed.owner)) == {removed}
    assert list(Document.objects.same_file(clean.sha256)) == [waiting, clean, refused]


def test_a_document_says_nothing_of_its_owner_or_content():
    document = DocumentFactory(filename="Shirin Azad.pdf", findings=[{"code": "pdf_form"}])
    assert str(document) == "Supporting document: Being checked"
    assert document.found(Finding.PDF_FORM)
    assert not document.found(Finding.PDF_SCRIPT)
