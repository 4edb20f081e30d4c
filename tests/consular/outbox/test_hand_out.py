import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from consular.outbox.actions.hand_out import BrokerDownError, claim, hand_out
from consular.outbox.effects import TOPICS, Topic
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Return the (topic, ids) that were sent to Celery."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda topic, args, **options: sent.append((topic, args)))
    return sent


@pytest.fixture
def _broker_is_down(monkeypatch):
    def refuse(*args, **options):
        raise BrokerError

    monkeypatch.setattr(current_app, "send_task", refuse)


def seconds_until(moment):
    return (moment - timezone.now()).total_seconds()


def test_due_work_is_handed_out_for_a_lease(owed, sent, work):
    effect = owed()
    assert hand_out() == 1
    assert sent == [("test.work", [effect.pk])]
    effect.refresh_from_db()
    assert (effect.status, effect.handed_out, effect.attempts) == ("handed_out", 1, 0)
    assert 55 < seconds_until(effect.available_at) <= 60


def test_a_topic_has_its_own_lease(owed, sent, work):
    TOPICS["test.work"] = Topic("test.work", work, lease=timedelta(seconds=7))
    effect = owed()
    hand_out()
    effect.refresh_from_db()
    assert 5 < seconds_until(effect.available_at) <= 7


def test_work_is_handed_out_again_only_when_its_lease_has_run_out(owed, sent, work):
    owed()
    hand_out()
    assert hand_out() == 0
    Effect.objects.update(available_at=timezone.now() - timedelta(seconds=1))
    assert hand_out() == 1
    assert len(sent) == 2


def test_copies_of_a_message_grow_rarer_while_nobody_takes_it_up(owed, sent, work):
    owed(handed_out=10, status="handed_out")
    hand_out()
    assert 470 < seconds_until(Effect.objects.get().available_at) <= 480


def test_work_of_the_future_done_and_dead_work_stays(owed, sent, work):
    owed("later", available_at=timezone.now() + timedelta(hours=1))
    owed("done", status="done", done_at=timezone.now())
    owed("dead", status="dead")
    assert hand_out() == 0


def test_a_batch_has_a_limit_and_takes_the_oldest_first(owed, sent, work):
    for number in range(3):
        owed(f"work:{number}", available_at=timezone.now() - timedelta(minutes=number))
    assert hand_out(batch=2) == 2
    assert list(Effect.objects.filter(status="waiting").values_list("key", flat=True)) == ["work:0"]


@pytest.mark.usefixtures("_broker_is_down")
def test_a_broker_that_is_down_loses_nothing(owed, work):
    owed()
    with pytest.raises(BrokerDownError):
        hand_out()
    effect = Effect.objects.get()
    assert (effect.status, effect.handed_out, effect.attempts) == ("waiting", 0, 0)
    assert 0 < seconds_until(effect.available_at) <= 1
    assert work.calls == []


@pytest.mark.usefixtures("_broker_is_down")
def test_urgent_work_is_done_by_the_dispatcher_while_the_broker_is_down(owed, work):
    TOPICS["test.work"] = Topic("test.work", work, urgent=True)
    effect = owed()
    with pytest.raises(BrokerDownError):
        hand_out()
    effect.refresh_from_db()
    assert effect.status == "done"
    assert len(work.calls) == 1


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_never_claim_the_same_work(owed, work):
    for number in range(40):
        owed(f"work:{number}")
    claimed: list[int] = []
    start = threading.Barrier(2)

    def dispatch() -> None:
        start.wait()
        try:
            while batch := claim(3):
                claimed.extend(effect.id for effect in batch)
        finally:
            connection.close()

    dispatchers = [threading.Thread(target=dispatch) for _ in range(2)]
    for each in dispatchers:
        each.start()
    for each in dispatchers:
        each.join()
    assert len(claimed) == len(set(claimed)) == 40
