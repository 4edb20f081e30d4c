"""Taking a file: what is told at once, and that nothing is half-stored."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import override

from consular.audit.models import Entry
from consular.documents import actions, originals
from consular.documents.models import Document
from consular.documents.status import State
from consular.outbox.models import Effect
from tests.consular.documents import files
from tests.factories.documents import DocumentFactory, photograph, upload

pytestmark = pytest.mark.django_db


def refused(content, applicant, kind="supporting", name="page.jpg"):
    """Return (code, words) of the refusal."""
    with pytest.raises(ValidationError) as caught:
        actions.store(upload(content, name), owner=applicant, kind=kind)
    assert not Document.objects.exists()
    assert not Effect.objects.exists()
    return caught.value.code, caught.value.message


def test_a_file_goes_into_quarantine_and_its_processing_is_owed(applicant, files_of):
    content = photograph()
    document = actions.store(upload(content, "my passport.jpg"), owner=applicant, kind="passport")
    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.kind, document.owner) == (State.RECEIVED, "passport", applicant)
    assert (document.filename, document.size) == ("my passport.jpg", len(content))
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    with originals.opened(document) as original:
        assert original.read() == content
    assert files_of(document) == ["original"]
    owed = Effect.objects.get()
    assert (owed.topic, owed.key) == ("documents.process", f"document:{document.pk}:process")
    assert owed.payload == {"document_id": str(document.pk)}


def test_storing_is_in_the_trail_without_the_file_s_name(applicant):
    document = actions.store(upload(photograph(), "Shirin Azad.jpg"), owner=applicant, kind="photo")
    entry = Entry.objects.about(document).get()
    assert (entry.verb, entry.actor) == ("document.stored", applicant)
    assert "Shirin" not in str(entry.detail)


def test_an_empty_file_is_refused_at_once(applicant):
    code, words = refused(b"", applicant)
    assert code == "empty"
    assert "empty" in words


def test_a_file_that_is_too_large_is_refused_in_numbers(applicant, settings):
    settings.DOCUMENT_MAX_BYTES = 100
    with override("en"):
        code, words = refused(files.jpeg(), applicant)
    assert code == "too_large"
    assert words.startswith("This file is 0.1 MB.")


def test_the_limit_itself_is_allowed(applicant, settings):
    settings.DOCUMENT_MAX_BYTES = len(photograph())
    assert actions.store(upload(photograph()), owner=applicant, kind="photo").pk


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.exe(), "passport.pdf"),
        (files.html(), "a.jpg"),
        (files.svg(), "a.svg"),
        (b"0123456789", "a.pdf"),
        (b"x", "a"),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused_at_once_whatever_its_name(applicant, content, name):
    code, words = refused(content, applicant, name=name)
    assert code == "not_accepted"
    assert "JPEG" in words


def test_a_photo_must_be_a_picture(applicant):
    assert refused(files.pdf(), applicant, kind="photo")[0] == "not_a_picture"


def test_the_same_file_twice_is_told_and_not_refused(applicant, stranger):
    first = actions.store(upload(photograph()), owner=applicant, kind="photo")
    again = actions.store(upload(photograph()), owner=applicant, kind="photo")
    elsewhere = actions.store(upload(photograph()), owner=stranger, kind="photo")
    assert (first.same_as, again.same_as, elsewhere.same_as) == (None, first, None)


def test_too_many_files_are_refused_and_removed_ones_count_for_a_day(applicant, settings):
    settings.DOCUMENT_QUOTA_PER_PERSON = 2
    first = actions.store(upload(photograph()), owner=applicant, kind="photo")
    actions.store(upload(photograph()), owner=applicant, kind="photo")
    actions.remove(first, by=applicant)
    with pytest.raises(ValidationError) as caught:
        actions.store(upload(photograph()), owner=applicant, kind="photo")
    assert caught.value.code == "quota"
    assert "2 files" in caught.value.message
    Document.objects.filter(pk=first.pk).update(uploaded_at="2026-01-01T00:00Z")
    assert actions.store(upload(photograph()), owner=applicant, kind="photo")


def test_the_quota_is_one_s_own(applicant, stranger, settings):
    settings.DOCUMENT_QUOTA_PER_PERSON = 1
    DocumentFactory(owner=stranger)
    assert actions.store(upload(photograph()), owner=applicant, kind="photo")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_leaves_no_file(applicant, files_of):
    with transaction.atomic():
        document = actions.store(upload(photograph()), owner=applicant, kind="photo")
        assert files_of(document) == ["original"]
        transaction.set_rollback(True)
    assert files_of(document) == []
    assert not Document.objects.exists()
    assert not Effect.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_inner_transaction_that_rolls_back_takes_its_file_along_and_leaves_the_others(applicant, files_of):
    with transaction.atomic():
        kept = actions.store(upload(photograph()), owner=applicant, kind="photo")
        with transaction.atomic():
            lost = actions.store(upload(photograph()), owner=applicant, kind="photo")
            transaction.set_rollback(True)
        assert (files_of(kept), files_of(lost)) == (["original"], [])
    assert files_of(kept) == ["original"]


def test_a_storage_that_takes_nothing_is_told_and_leaves_nothing(applicant, monkeypatch, caplog):
    def full(name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "_save", full)
    code, words = refused(photograph(), applicant)
    assert code == "storage"
    assert "try again" in words
    assert "could not be stored" in caplog.text


def test_content_from_anywhere_can_be_stored(applicant):
    document = actions.store(ContentFile(photograph(), "made.jpg"), owner=applicant, kind="photo")
    assert document.size == len(photograph())


def test_a_file_without_a_name_has_one(applicant):
    assert actions.store(ContentFile(photograph()), owner=applicant, kind="photo").filename == "file"
