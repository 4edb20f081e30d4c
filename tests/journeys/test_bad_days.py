"""Workers die, the broker and the database go away, the mail server refuses: pages work, nothing is lost, nothing twice."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from consular.accounts.models import User
from consular.audit.models import Entry
from consular.documents.models import Document
from consular.lib.references import new_reference
from consular.notifications.actions import post
from consular.notifications.models import Delivery
from consular.outbox.models import Effect
from tests.consular.documents import files
from tests.factories.accounts import UserFactory
from tests.factories.applications import VisaApplicationFactory
from tests.journeys.office import Office, kill, wait_until
from tests.journeys.wire import TOKEN, Caller

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
LARGE = (6000, 8000)  # Pixels that take some seconds to decode and draw again


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def applicant(db: None) -> User:
    user: User = UserFactory(email="applicant@example.org", language="fa")
    return user


@pytest.fixture
def upload(applicant: User, live_server: Any) -> Any:
    """Return a function that uploads a photo over HTTP and returns its document."""
    draft = VisaApplicationFactory(applicant=applicant)
    caller = Caller(live_server.url, applicant)
    path = reverse("applications:documents", args=[draft.pk])

    def send(size: tuple[int, int] = (600, 800)) -> Document:
        fields = {TOKEN: caller.token(path), "purpose": "photo"}
        assert caller.upload(path, fields, "photo-file", files.jpeg(size, quality=60)).status == 302
        return Document.objects.get(evidence__application=draft)

    return send


def all_done() -> bool:
    return not Effect.objects.exclude(status=Effect.Status.DONE).exists()


def times(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def write_to(user: User, number: int = 1) -> None:
    with transaction.atomic():
        post("cases/received", to=user, key=f"letter:{number}", case_reference=new_reference())


def is_being_processed(document: Document) -> bool:
    """Tell whether a worker has begun with the document, and has not ended."""
    return Effect.objects.filter(
        payload__document_id=str(document.pk), attempts=1, status=Effect.Status.HANDED_OUT
    ).exists()


def test_a_file_whose_worker_is_killed_is_processed_once_when_a_worker_is_back(office, upload):
    office.start_broker()
    office.start_dispatcher()
    worker = office.start_worker()
    document = upload(LARGE)
    wait_until(lambda: is_being_processed(document))
    kill(worker)
    document.refresh_from_db()
    assert document.is_in_quarantine
    Effect.objects.update(available_at=document.uploaded_at)  # The lease runs out
    office.start_worker()
    wait_until(all_done)
    document.refresh_from_db()
    assert document.is_clean
    assert document.pages.count() == 1
    assert (times("document.stored"), times("document.clean")) == (1, 1)
    assert Effect.objects.get(topic="documents.process").attempts == 2


def test_without_the_broker_pages_work_and_messages_and_files_follow(office, upload, applicant):
    broker = office.start_broker()
    office.start_dispatcher()
    office.start_worker()
    document = upload((300, 400))
    wait_until(all_done)
    kill(broker)
    write_to(applicant)
    replacement = upload((310, 400))
    assert replacement.pk != document.pk
    assert replacement.is_in_quarantine
    office.start_broker()
    office.start_worker()  # As the supervisor does where the first one ended with the broker
    wait_until(all_done)
    replacement.refresh_from_db()
    assert replacement.is_clean
    assert len(office.mail.letters) == 1


def test_when_the_database_hangs_up_work_goes_on_and_nothing_is_done_twice(office, upload, applicant):
    office.start_broker()
    dispatcher, worker = office.start_dispatcher(), office.start_worker()
    document = upload(LARGE)
    wait_until(lambda: is_being_processed(document))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    write_to(applicant)
    Effect.objects.filter(status=Effect.Status.HANDED_OUT).update(available_at=document.uploaded_at)
    wait_until(all_done)
    document.refresh_from_db()
    assert document.is_clean
    assert times("document.clean") == 1
    assert len(office.mail.letters) == 1
    assert (dispatcher.poll(), worker.poll()) == (None, None)


def test_a_mail_server_that_says_later_gets_each_letter_once_later(office, applicant):
    office.mail.answer = b"451 4.3.0 try again later"
    office.start_broker()
    office.start_dispatcher()
    office.start_worker()
    for number in range(3):
        write_to(applicant, number)
    wait_until(lambda: office.mail.refused >= 3)
    assert not Delivery.objects.filter(state=Delivery.State.SENT).exists()
    office.mail.answer = b"250 accepted"
    wait_until(all_done)
    assert Delivery.objects.filter(state=Delivery.State.SENT).count() == len(office.mail.letters) == 3
    assert len({number_of(letter) for letter in office.mail.letters}) == 3


def number_of(letter: bytes) -> str:
    return str(message_from_bytes(letter)["Message-ID"])
