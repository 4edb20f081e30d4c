"""Thousands of letters, workers killed in the middle, a broker that forgets everything: each reader gets one letter."""

from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from django.utils import timezone

from consular.outbox.models import Effect
from embassy.alerts import actions, secrecy
from embassy.alerts.models import Sending, Subscriber
from embassy.alerts.status import DeliveryState
from tests.factories.alerts import AlertFactory
from tests.journeys.office import Office, kill, wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

READERS = 2000
KILLS = (300, 900)  # letters after which a worker dies


@pytest.fixture
def office(tmp_path: Path):
    office = Office(tmp_path)
    yield office
    office.close()


def subscribe(count):
    addresses = [f"reader{n}@example.org" for n in range(count)]
    Subscriber.objects.bulk_create(
        Subscriber(
            address=secrecy.seal(address), address_key=secrecy.address_key(address), language=("en", "fa")[n % 2],
            confirmed_at=timezone.now(),
        )
        for n, address in enumerate(addresses)
    )  # fmt: skip
    return set(addresses)


def let_leases_end():
    Effect.objects.open().update(available_at=timezone.now())


def test_each_of_thousands_gets_one_letter_though_workers_and_the_broker_die(office, duty, colleague):
    readers = subscribe(READERS)
    alert = AlertFactory(written_by=duty, approved_by=colleague)
    broker = office.start_broker()
    office.start_dispatcher()
    workers = [office.start_worker(), office.start_worker()]
    sending = actions.send(alert, by=duty, seen=alert.version)
    for letters in KILLS:
        wait_until(lambda letters=letters: len(office.mail.letters) >= letters)
        kill(workers.pop(0))
        let_leases_end()
        workers.append(office.start_worker())
    kill(broker)
    office.start_broker()
    workers += [office.start_worker(), office.start_worker()]
    let_leases_end()
    wait_until(lambda: Sending.objects.filter(pk=sending.pk, done_at__isnull=False).exists())
    assert sending.counts() == {**dict.fromkeys(DeliveryState.values, 0), "sent": READERS}
    letters = [message_from_bytes(letter) for letter in office.mail.letters]
    assert {letter["To"] for letter in letters} == readers
    same = Counter(letter["Message-ID"] for letter in letters)
    assert len(same) == READERS
    # A worker killed between the server's answer and its note repeats that one letter, which mail programs know
    assert sum(same.values()) - READERS <= len(KILLS)
