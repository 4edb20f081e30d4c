from contextlib import closing
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection, connections
from django.utils import timezone

from consular.outbox import effects
from consular.outbox.effects import FinalError, Topic, pay_due, pay_off
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


def test_work_that_succeeds_is_done(owed, topic, work):
    effect = owed()
    pay_off(effect.pk, topic)
    effect.refresh_from_db()
    assert (effect.status, effect.attempts, effect.last_error) == ("done", 1, "")
    assert effect.done_at
    assert work.calls == [{"thing_id": 1}]


def test_work_that_is_done_is_not_done_again(owed, topic, work):
    effect = owed()
    pay_off(effect.pk, topic)
    pay_off(effect.pk, topic)
    assert len(work.calls) == 1


def test_work_that_fails_waits_and_names_the_error_without_its_text(owed, topic, work, caplog):
    work.error = ValueError("Shirin Azad, K12345678")
    effect = owed()
    pay_off(effect.pk, topic)
    effect.refresh_from_db()
    assert (effect.status, effect.attempts, effect.last_error) == ("waiting", 1, "ValueError")
    assert effect.available_at > timezone.now()
    assert "Azad" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_copy_of_the_message_does_not_jump_the_queue_of_failed_work(owed, topic, work):
    work.error = ValueError()
    effect = owed()
    pay_off(effect.pk, topic)
    pay_off(effect.pk, topic)
    assert len(work.calls) == 1


def test_work_that_fails_in_its_last_attempt_is_dead(owed, topic, work):
    work.error = ValueError()
    effect = owed(attempts=effects.MAX_ATTEMPTS - 1)
    pay_off(effect.pk, topic)
    effect.refresh_from_db()
    assert (effect.status, effect.attempts) == ("dead", effects.MAX_ATTEMPTS)


def test_work_that_can_never_succeed_is_dead_at_once(owed, topic, work):
    work.error = FinalError()
    effect = owed()
    pay_off(effect.pk, topic)
    effect.refresh_from_db()
    assert (effect.status, effect.last_error) == ("dead", "FinalError")


def test_work_that_kills_its_worker_every_time_ends_among_the_dead_letters(owed, topic, work):
    class KilledError(BaseException):
        pass

    work.error = KilledError()
    effect = owed()
    for _ in range(effects.MAX_ATTEMPTS):
        with pytest.raises(KilledError):
            pay_off(effect.pk, topic)
    pay_off(effect.pk, topic)
    effect.refresh_from_db()
    assert (effect.status, effect.last_error) == ("dead", "WorkerLostError")
    assert len(work.calls) == effects.MAX_ATTEMPTS


def test_a_patient_topic_tries_more_often(owed, work):
    work.error = ValueError()
    effect = owed(attempts=effects.MAX_ATTEMPTS)
    pay_off(effect.pk, Topic("test.work", work, max_attempts=60))
    effect.refresh_from_db()
    assert effect.status == "waiting"


@pytest.mark.django_db(transaction=True)
def test_work_that_is_being_done_is_not_begun_by_another_worker(owed, topic, work):
    effect = owed()
    key = [effects.LOCK_SPACE + effect.pk]
    with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s::bigint)", key)
        pay_off(effect.pk, topic)
        assert work.calls == []
        cursor.execute("SELECT pg_advisory_unlock(%s::bigint)", key)
    pay_off(effect.pk, topic)
    assert len(work.calls) == 1


@pytest.mark.django_db(transaction=True)
def test_work_that_loses_its_connection_is_noted_as_failed(owed, work):
    def lose_connection(**ids: int) -> None:
        with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        Effect.objects.count()

    effect = owed()
    pay_off(effect.pk, Topic("test.work", lose_connection))
    effect.refresh_from_db()
    assert (effect.status, effect.last_error) == ("waiting", "OperationalError")


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_free_after_the_work(owed, topic):
    effect = owed()
    pay_off(effect.pk, topic)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] == 0


def test_pauses_double_up_to_five_minutes():
    pauses = [effects.pause_after(attempt).total_seconds() for attempt in (1, 2, 20)]
    assert 1.6 <= pauses[0] <= 2.4
    assert 3.2 <= pauses[1] <= 4.8
    assert 240 <= pauses[2] <= 360


def test_everything_due_can_be_paid_off_here_and_now(owed, work):
    owed("one")
    owed("two")
    owed("later", available_at=timezone.now() + timedelta(hours=1))
    assert pay_due() == 2
    assert len(work.calls) == 2


def test_every_topic_is_a_task_of_the_same_name():
    assert set(effects.topics()) <= set(current_app.tasks)
