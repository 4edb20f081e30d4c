import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from consular.outbox.actions import owe
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


def test_an_effect_is_owed_once_for_its_meaning():
    owe("test.work", "case:1:decided", case_id=1)
    owe("test.work", "case:1:decided", case_id=2)
    assert Effect.objects.get().payload == {"case_id": 1}


def test_a_payload_holds_identifiers_as_json():
    number = uuid.uuid4()
    owe("test.work", "one", document_id=number, count=3)
    assert Effect.objects.get().payload == {"document_id": str(number), "count": 3}


def test_an_effect_is_due_at_once_unless_it_says_later():
    owe("test.work", "now", thing_id=1)
    owe("test.work", "later", available_at=timezone.now() + timedelta(hours=1), thing_id=2)
    assert list(Effect.objects.due().values_list("key", flat=True)) == ["now"]


@pytest.mark.django_db(transaction=True)
def test_owing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        owe("test.work", "one", thing_id=1)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_owed():
    with transaction.atomic():
        owe("test.work", "one", thing_id=1)
        transaction.set_rollback(True)
    assert not Effect.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_whoever_listens():
    with connection.cursor() as cursor:
        cursor.execute("LISTEN outbox")
    with transaction.atomic():
        owe("test.work", "one", thing_id=1)
    assert [notice.channel for notice in connection.connection.notifies(timeout=2, stop_after=1)] == [
        "outbox"
    ]


def test_the_oldest_age_counts_from_when_work_fell_due(owed):
    assert Effect.objects.oldest_age() == timedelta()
    owed(due_at=timezone.now() - timedelta(minutes=6), status="handed_out")
    assert Effect.objects.oldest_age() > timedelta(minutes=5)
