"""From quarantine to clean or refused: once, whatever happens on the way."""

import contextlib
import importlib
import multiprocessing
import os
import signal
import threading
import time

import psutil
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from consular.audit.models import Entry
from consular.documents import actions, cleaning, explain, listeners
from consular.documents.cleaning import SandboxError
from consular.documents.models import Document, Page
from consular.documents.scanning import ScannerAwayError
from consular.documents.status import State
from consular.documents.tasks import erase as erase_task, process as process_task, sweep as sweep_task
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from tests.consular.documents import clamd, files
from tests.factories.documents import CleanDocumentFactory, DocumentFactory, photograph

# The package's attribute of this name is the verb
process_module = importlib.import_module("consular.documents.actions.process")

ONE_PAGE = ["original", "pages/1-small.jpg", "pages/1.jpg"]


@pytest.mark.django_db
def test_a_good_file_becomes_clean_with_its_pages(processed, files_of, heard):
    document = processed(files.pdf(2), name="bank.pdf")
    assert (document.state, document.content_type, document.page_count) == (State.CLEAN, "application/pdf", 2)
    assert (document.pipeline_version, document.refusal) == (3, "")
    assert document.processed_at
    assert [page.number for page in document.pages.all()] == [1, 2]
    assert files_of(document) == [
        "original",
        "pages/1-small.jpg",
        "pages/1.jpg",
        "pages/2-small.jpg",
        "pages/2.jpg",
    ]
    assert heard == [document]
    assert [entry.verb for entry in Entry.objects.about(document)] == ["document.stored", "document.clean"]


@pytest.mark.django_db
def test_a_bad_file_is_refused_with_reason_and_figures_and_without_pages(processed, files_of, heard):
    document = processed(files.pdf(31))
    assert (document.state, document.refusal) == (State.REFUSED, "too_many_pages")
    assert document.figures == {"pages": 31, "limit": 30}
    assert (document.page_count, files_of(document)) == (0, ["original"])
    assert heard == [document]


@pytest.mark.django_db
def test_findings_about_a_pdf_are_kept_for_the_officer(processed):
    document = processed(files.pdf_that(OpenAction=files.javascript()))
    assert document.is_clean
    assert document.findings == [{"code": "pdf_script"}, {"code": "page_blank", "page": 1}]


@pytest.mark.django_db
def test_a_photo_s_measurements_become_findings_with_figures(processed):
    document = processed(files.saved(files.noise((500, 400)), "JPEG"), kind="photo")
    assert document.is_clean
    assert document.fields["width"] == 500
    assert {"code": "picture_small", "width": 500, "height": 400, "limit": 600} in document.findings
    assert {"code": "photo_ratio", "width": 500, "height": 400, "wide": 35, "high": 45} in document.findings
    assert {"code": "no_face"} in document.findings


@pytest.mark.django_db
def test_processing_again_changes_nothing(processed, heard):
    document = processed(photograph())
    pages = list(document.pages.values())
    actions.process(document)
    process_task.pays(document_id=str(document.pk))
    assert list(document.pages.values()) == pages
    assert heard == [document]
    assert Document.objects.get(pk=document.pk).processed_at == document.processed_at


@pytest.mark.django_db
def test_a_removed_document_is_not_processed(stored, applicant, files_of):
    document = stored(photograph())
    actions.remove(document, by=applicant)
    actions.process(Document.objects.get(pk=document.pk))
    assert not Page.objects.exists()


@pytest.mark.django_db
def test_a_document_that_is_removed_while_it_is_processed_gets_no_pages(
    stored, applicant, monkeypatch, heard
):
    document = stored(photograph())
    settle = process_module.settle

    def remove_first(document, answer, found):
        actions.remove(document, by=applicant)
        settle(document, answer, found)

    monkeypatch.setattr(process_module, "settle", remove_first)
    actions.process(document)
    assert not Page.objects.exists()
    assert heard == []


@pytest.mark.django_db
def test_trouble_of_ours_is_told_and_tried_again(stored, monkeypatch, heard, caplog):
    document = stored(photograph())
    monkeypatch.setattr(cleaning, "command", lambda request: ["false"])
    with pytest.raises(SandboxError):
        actions.process(document)
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert heard == []
    assert str(document.pk) in caplog.text
    monkeypatch.undo()
    actions.process(document)
    document.refresh_from_db()
    assert document.is_clean


@pytest.mark.django_db
def test_a_storage_that_is_away_is_trouble_of_ours(stored, monkeypatch):
    document = stored(photograph())
    monkeypatch.setattr(default_storage, "_open", lambda name, mode: (_ for _ in ()).throw(OSError("away")))
    with pytest.raises(OSError, match="away"):
        actions.process(document)
    assert Document.objects.get(pk=document.pk).state == State.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_keeps_the_document_in_quarantine_and_the_next_attempt_settles_it(
    stored, files_of
):
    def fail(document):
        raise RuntimeError("no")

    document = stored(photograph())
    listeners.on_processed(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.process(document)
    finally:
        listeners.forget(fail)
    assert not Page.objects.exists()
    assert Document.objects.get(pk=document.pk).state == State.RECEIVED
    actions.process(document)
    assert files_of(document) == ONE_PAGE
    assert Page.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_owed_is_paid_by_the_outbox(stored):
    document = stored(photograph())
    assert pay_due() == 1
    assert Document.objects.get(pk=document.pk).is_clean
    assert Effect.objects.get().status == Effect.Status.DONE
    assert pay_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_settle_a_document_once(stored, heard, files_of, monkeypatch):
    document = stored(photograph())
    together = threading.Barrier(2)
    settle = process_module.settle

    def meet_first(document, answer, found):
        together.wait(20)
        settle(document, answer, found)

    def work():
        try:
            actions.process(Document.objects.get(pk=document.pk))  # As a worker does: an instance of its own
        finally:
            connections.close_all()

    monkeypatch.setattr(process_module, "settle", meet_first)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(40)
    assert Page.objects.count() == 1
    assert files_of(document) == ONE_PAGE
    assert heard == [document]
    assert Entry.objects.filter(verb="document.clean").count() == 1


@contextlib.contextmanager
def worker_that_stops(place, document):
    """Fork a worker that processes `document` and stands still at `place`; yield its pid, then kill it as `kill -9` does."""
    reached = multiprocessing.get_context("fork").Event()

    def stand_still(*args, **kwargs):
        reached.set()
        time.sleep(60)

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            place(stand_still)
            actions.process(document)
        os._exit(1)
    try:
        assert reached.wait(20)
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        end_sessions_without_client()


def end_sessions_without_client():
    """End at once what the server would end when it notices, at the latest after `idle_in_transaction_session_timeout`."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
        )


def before_settling(stop):
    process_module.settle = stop


def before_the_commit(stop):
    listeners.on_processed(stop)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [before_settling, before_the_commit])
def test_a_worker_killed_at_work_leaves_nothing_and_the_next_one_does_it_once(place, stored, files_of):
    document = stored(files.pdf(2))
    with worker_that_stops(place, document):
        pass
    assert Document.objects.get(pk=document.pk).state == State.RECEIVED
    assert not Page.objects.exists()
    assert pay_due() == 1
    assert Document.objects.get(pk=document.pk).page_count == 2
    assert Page.objects.count() == 2
    assert files_of(document) == [
        "original",
        "pages/1-small.jpg",
        "pages/1.jpg",
        "pages/2-small.jpg",
        "pages/2.jpg",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_child_dies_with_its_worker(stored):
    document = stored(photograph())
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            wait_forever = "import sys; from consular.documents.sandbox.confinement import *; "
            wait_forever += "die_with_parent(ctypes.CDLL(None)); import time; time.sleep(60)"
            cleaning.command = lambda request: [cleaning.sys.executable, "-P", "-c", wait_forever]
            actions.process(document)
        os._exit(1)
    children = eventually(
        lambda: [
            each for each in psutil.Process(pid).children() if "time.sleep(60)" in " ".join(each.cmdline())
        ]
    )
    time.sleep(0.3)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    end_sessions_without_client()
    assert eventually(
        lambda: (
            not any(
                psutil.pid_exists(each.pid) and each.status() != psutil.STATUS_ZOMBIE for each in children
            )
        )
    )


def eventually(question, patience=10):
    """Return the first true answer."""
    until = time.monotonic() + patience
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(0.05)
    return answer


@pytest.mark.django_db
def test_nothing_stays_in_memory_or_on_disk_after_processing(stored):
    actions.process(stored(photograph()))
    assert not [each for each in psutil.Process().open_files() if "documents" in each.path]


# Mutations


SEEDS = {
    "JPEG": files.jpeg_with_metadata,
    "PNG": lambda: files.saved(files.noise((40, 50)), "PNG"),
    "WebP": lambda: files.saved(files.noise((40, 50)), "WEBP"),
    "HEIC": lambda: files.heic((64, 64)),
    "TIFF": lambda: files.tiff(2),
    "PDF": files.filled_form,
}


@pytest.mark.django_db
@pytest.mark.parametrize("form", SEEDS)
def test_mutated_files_end_as_clean_or_refused(form, stored, heard):
    for seed in range(10):
        content = files.mutated(SEEDS[form](), seed)
        document = stored(content, name=f"{seed}")
        actions.process(document)
        document.refresh_from_db()
        assert document.state in {State.CLEAN, State.REFUSED}, (form, seed)
    assert len(heard) == 10


# Removing


@pytest.mark.django_db
def test_removing_hides_at_once_and_owes_the_erasure(applicant, files_of):
    document = CleanDocumentFactory(owner=applicant, pages=2)
    actions.remove(document, by=applicant)
    assert not Document.objects.kept().exists()
    assert Entry.objects.about(document).get().verb == "document.removed"
    assert Effect.objects.get().topic == "documents.erase"
    erase_task.pays(document_id=str(document.pk))
    assert files_of(document) == []
    assert not default_storage.exists(f"documents/{document.pk}")
    row = Document.objects.get(pk=document.pk)
    assert (row.filename, row.fields, row.original.name) == ("", {}, "")
    assert not row.pages.exists()
    assert row.sha256


@pytest.mark.django_db
def test_removing_or_erasing_twice_changes_nothing(applicant):
    document = DocumentFactory(owner=applicant)
    actions.remove(document, by=applicant)
    first = Document.objects.get(pk=document.pk).removed_at
    actions.remove(document, by=applicant)
    for _ in range(2):
        actions.erase(Document.objects.get(pk=document.pk))
    assert Document.objects.get(pk=document.pk).removed_at == first
    assert Effect.objects.count() == 1


@pytest.mark.django_db
def test_a_document_that_was_not_removed_is_not_erased(applicant, files_of):
    document = CleanDocumentFactory(owner=applicant)
    actions.erase(document)
    assert files_of(document) == ONE_PAGE


@pytest.mark.django_db
def test_when_the_first_of_two_is_removed_the_second_is_no_copy_any_more(stored, applicant):
    first, second = stored(photograph()), stored(photograph())
    assert second.same_as == first
    actions.remove(first, by=applicant)
    second.refresh_from_db()
    assert second.same_as is None


@pytest.mark.django_db(transaction=True)
def test_what_an_interrupted_attempt_left_is_erased_too(stored, applicant, files_of):
    document = stored(photograph())
    default_storage.save(f"documents/{document.pk}/pages/7.jpg", ContentFile(photograph()))
    actions.remove(document, by=applicant)
    actions.erase(Document.objects.get(pk=document.pk))
    assert files_of(document) == []


@pytest.mark.django_db
def test_work_that_is_done_again_replaces_its_left_overs(stored, files_of):
    document = stored(photograph())
    for name in ("1.jpg", "1-small.jpg"):
        default_storage.save(f"documents/{document.pk}/pages/{name}", ContentFile(photograph()))
    actions.process(document)
    assert files_of(document) == ONE_PAGE


@pytest.mark.django_db
def test_files_that_no_document_knows_are_swept_away_after_a_day(stored, files_of):
    known, orphan, fresh = (
        stored(photograph()),
        DocumentFactory.build(owner=None),
        DocumentFactory.build(owner=None),
    )
    for each in (orphan, fresh):
        default_storage.save(f"documents/{each.pk}/original", ContentFile(b"x"))
    default_storage.save("documents/not-a-document/original", ContentFile(b"x"))
    for each in (known, orphan):
        os.utime(default_storage.path(f"documents/{each.pk}/original"), (1, 1))
    sweep_task()
    assert (files_of(known), files_of(orphan), files_of(fresh)) == (["original"], [], ["original"])
    assert default_storage.exists("documents/not-a-document/original")


@pytest.mark.django_db
def test_a_storage_without_any_document_is_swept_too(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(default_storage, "listdir", lambda path: (_ for _ in ()).throw(FileNotFoundError))
    assert actions.sweep() == 0


@pytest.fixture(scope="module")
def scanner():
    with clamd.running() as url:
        yield url


@pytest.mark.django_db
def test_a_file_that_the_scanner_refuses_is_never_decoded(processed, scanner, settings, monkeypatch):
    settings.CLAMD_URL = scanner
    monkeypatch.setattr(cleaning, "command", lambda request: ["false"])
    document = processed(photograph() + clamd.EICAR)
    assert (document.state, document.refusal) == (State.REFUSED, "malware")
    assert clamd.SIGNATURE in explain.notes(document)[0]
    assert clamd.SIGNATURE not in explain.words(document)[1]
    assert "virus scanner" in explain.words(document)[1]


@pytest.mark.django_db
def test_a_clean_file_says_which_scanner_looked(processed, scanner, settings):
    assert processed(photograph()).scanner == ""
    settings.CLAMD_URL = scanner
    assert processed(photograph()).scanner.startswith("ClamAV ")


@pytest.mark.django_db
def test_a_file_waits_while_the_scanner_is_away(stored, scanner, settings):
    settings.CLAMD_URL = "unix:///nowhere/clamd"
    document = stored(photograph())
    with pytest.raises(ScannerAwayError):
        actions.process(document)
    document.refresh_from_db()
    assert document.state == State.FAILED
    settings.CLAMD_URL = scanner
    actions.process(document)
    document.refresh_from_db()
    assert document.is_clean
