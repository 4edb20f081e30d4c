"""Files at rest: encrypted with a key of their own, refused when they are not as they were, erased with their key."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.documents import actions, originals, renditions
from consular.documents.actions.pages import fix
from consular.documents.models import Document
from consular.documents.status import State
from consular.documents.tasks import erase as erase_task, tidy as tidy_task
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from consular.vault.locks import KeyDestroyedError
from consular.vault.models import Key
from consular.vault.streaming import DamagedError
from tests.consular.documents import files
from tests.factories.documents import CleanDocumentFactory, photograph

OTHER = "another-field-key-than-the-one-it-was-stored-with"


def bytes_of(name):
    with default_storage.open(name, "rb") as file:
        return file.read()


def replace(name, content):
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def read(document):
    with originals.opened(document) as original:
        return original.read()


@pytest.fixture
def document(processed):
    return processed(photograph((300, 400), exif=b"Exif\0\0a-secret-of-the-camera"))


@pytest.mark.django_db
def test_nothing_that_lies_in_the_storage_can_be_read_there(document, files_of):
    for name in files_of(document):
        content = bytes_of(f"documents/{document.pk}/{name}")
        assert b"\xff\xd8\xff" not in content
        assert b"a-secret-of-the-camera" not in content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "harm",
    [
        lambda content: b"",
        lambda content: content[:30],
        lambda content: content[:-1],
        lambda content: content[:-20] + b"x" + content[-19:],
        lambda content: content + b"x",
        lambda content: photograph(),
    ],
)
def test_a_file_that_is_not_as_it_was_is_refused_and_the_page_says_that_the_fault_is_ours(
    document, harm, applicant, officer, signed_in
):
    for name in (document.original.name, document.pages.get().image.name):
        replace(name, harm(bytes_of(name)))
    with pytest.raises(DamagedError):
        read(document)
    with pytest.raises(DamagedError):
        actions.hand_over_original(document, by=officer)
    assert not Entry.objects.filter(verb="document.original_taken").exists()
    answer = signed_in(applicant).get(reverse("documents:page_image", args=[document.pk, 1]))
    assert (answer.status_code, b"The fault is ours" in answer.content) == (503, True)


@pytest.mark.django_db
def test_the_log_says_which_document_and_nothing_about_it(document, applicant, signed_in, caplog):
    replace(document.pages.get().image.name, b"")
    signed_in(applicant).get(reverse("documents:page_image", args=[document.pk, 1]))
    assert f"a file of document {document.pk} cannot be read: DamagedError" in caplog.messages


@pytest.mark.django_db
def test_with_another_field_key_nothing_opens(document, settings, applicant, signed_in):
    settings.FIELD_KEYS = [OTHER]
    with pytest.raises(DamagedError):
        read(document)
    settings.FIELD_KEYS = ["another-key-for-tests-only-that-is-long-enough", OTHER]
    assert read(document).startswith(b"\xff\xd8\xff")


@pytest.mark.django_db
def test_a_thumbnail_in_the_place_of_its_page_is_refused(document):
    page = document.pages.get()
    replace(page.image.name, bytes_of(page.thumbnail.name))
    with pytest.raises(DamagedError):
        renditions.read(page.image)


@pytest.mark.django_db
def test_removing_destroys_the_key_at_once_and_the_trail_proves_it(document, applicant, files_of):
    kept = bytes_of(document.original.name)
    actions.remove(document, by=applicant, rule="applicant")
    row = Key.objects.get(pk=document.pk)
    assert (row.locked_key, row.is_destroyed) == ("", True)
    with pytest.raises(KeyDestroyedError):
        read(document)
    entry = Entry.objects.about(document).get(verb="document.removed")
    assert (entry.actor, entry.detail) == (
        applicant,
        {"sha256": document.sha256, "keys_destroyed": 1, "rule": "applicant"},
    )
    erase_task.pays(document_id=document.pk)
    assert files_of(document) == []
    assert Entry.objects.about(document).get(verb="document.erased").detail == {"sha256": document.sha256}
    replace(f"documents/{document.pk}/original", kept)  # somebody brings a backup back
    with pytest.raises(KeyDestroyedError):
        read(document)


@pytest.mark.django_db
def test_erasing_twice_changes_nothing_and_is_told_once(document, applicant):
    assert actions.remove(document, by=applicant)
    assert not actions.remove(document, by=applicant)
    for _ in range(3):
        erase_task.pays(document_id=document.pk)
    verbs = list(Entry.objects.about(document).values_list("verb", flat=True))
    assert (verbs.count("document.removed"), verbs.count("document.erased")) == (1, 1)


@pytest.mark.django_db
def test_killed_between_the_key_and_the_files_the_work_is_owed_and_nothing_is_readable(
    document, applicant, files_of, monkeypatch
):
    actions.remove(document, by=applicant)
    monkeypatch.setattr(renditions, "all_files", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        pay_due()
    monkeypatch.undo()
    assert files_of(document)
    with pytest.raises(KeyDestroyedError):
        read(document)
    Effect.objects.open().update(due_at="2026-01-01T00:00Z", available_at="2026-01-01T00:00Z")
    pay_due()
    assert files_of(document) == []


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_rolls_back_gives_the_key_back(document, applicant):
    with transaction.atomic():
        actions.remove(document, by=applicant)
        transaction.set_rollback(True)
    assert read(document).startswith(b"\xff\xd8\xff")


@pytest.mark.django_db(transaction=True)
def test_who_reads_while_it_is_erased_gets_all_of_it_or_nothing(processed, applicant, signed_in):
    """Never half a file, never an error of ours."""
    document = processed(files.pdf(2))
    address, seen = reverse("documents:page_image", args=[document.pk, 1]), []
    client = signed_in(applicant)
    started = threading.Event()

    def look():
        for _ in range(40):
            answer = client.get(address)
            seen.append((answer.status_code, answer.getvalue()[:3] if answer.streaming else b""))
            started.set()
        connection.close()

    reader = threading.Thread(target=look)
    reader.start()
    started.wait(10)
    actions.remove(document, by=applicant)
    actions.erase(Document.objects.get(pk=document.pk))
    reader.join()
    assert set(seen) <= {(200, b"\xff\xd8\xff"), (404, b"")}
    assert seen[-1] == (404, b"")


@pytest.mark.django_db
def test_processing_what_was_removed_meanwhile_does_nothing(stored, applicant):
    document = stored(photograph())
    stale = Document.objects.get(pk=document.pk)
    actions.remove(document, by=applicant)
    actions.process(stale)
    assert Document.objects.get(pk=document.pk).state == State.RECEIVED


@pytest.mark.django_db
def test_what_was_stored_plain_stays_readable_and_is_encrypted_by_a_command(capsys, files_of, officer):
    document = CleanDocumentFactory(pages=2)
    assert read(document) == photograph()
    before = [renditions.read(page.image) for page in document.pages.all()]
    call_command("encrypt_documents")
    assert capsys.readouterr().out.startswith("1 documents")
    assert len(files_of(document)) == 10  # the plain ones wait for the owed work
    pay_due()
    document.refresh_from_db()
    assert len(files_of(document)) == 5
    assert read(document) == photograph()
    assert [renditions.read(page.image) for page in document.pages.all()] == before
    assert all(
        b"\xff\xd8\xff" not in bytes_of(f"documents/{document.pk}/{name}") for name in files_of(document)
    )
    call_command("encrypt_documents")
    assert capsys.readouterr().out.startswith("0 documents")
    tidy_task.pays(document_id=document.pk)
    assert len(files_of(document)) == 5
    with actions.hand_over_original(document, by=officer) as original:
        assert original.read() == photograph()


@pytest.mark.django_db
def test_what_was_stored_plain_and_submitted_since_is_encrypted_too():
    document = CleanDocumentFactory(pages=2)
    fix([document], at=timezone.now())
    before = [renditions.read(page.image) for page in document.pages.all()]
    call_command("encrypt_documents")
    assert Key.objects.filter(pk=document.pk).exists()
    assert [renditions.read(page.image) for page in document.pages.all()] == before
