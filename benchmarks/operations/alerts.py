"""An alert on its way: writing its recipients down beside one bare INSERT … SELECT; letters beside bare Celery tasks."""

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.bench import Bench
from benchmarks.operations.effects import WORKER, program, through_celery, wait_until
from benchmarks.table import Row

RECIPIENTS_GOAL, LETTERS_GOAL = 2, 0.5  # performance.md
LETTERS, REPETITIONS = 3000, 3

# One statement, into a table with the same columns, indexes and foreign keys
BARE_TABLE = """
    CREATE TABLE bench_delivery (
        LIKE alerts_delivery INCLUDING ALL,
        FOREIGN KEY (sending_id) REFERENCES alerts_sending DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (subscriber_id) REFERENCES alerts_subscriber DEFERRABLE INITIALLY DEFERRED)
"""
BARE = """
    INSERT INTO bench_delivery (sending_id, subscriber_id, language, state, batch, attempts, due_at, last_error)
    SELECT %s, id, language, 'waiting', '', 0, statement_timestamp(), '' FROM alerts_subscriber
     WHERE confirmed_at IS NOT NULL AND (countries = '{}' OR countries && '{QRO}')
       AND (kinds = '{}' OR kinds @> '{crisis}')
"""
READERS = """
    INSERT INTO alerts_subscriber (public_id, address, address_key, language, countries, kinds, asked_at, asks, confirmed_at)
    SELECT gen_random_uuid(), repeat('x', 120), md5(n::text), (ARRAY['en','fa','ar','fr','es'])[1 + n %% 5],
           CASE WHEN n %% 2 = 0 THEN '{}'::text[] ELSE '{QRO,QNR}' END, '{}', now(), 1, now()
      FROM generate_series(1, %s) AS n
"""


def run(bench: Bench) -> Iterator[Row]:
    readers = bench.many // 10 if bench.quick else bench.many
    add_readers(readers)
    ours, bare = recipients(bench)
    yield Row(
        f"alerts: {readers:,} recipients",
        f"{ours:.2f} s, in chunks that can be killed",
        f"one INSERT … SELECT: {bare:.2f} s",
        ours / bare,
        RECIPIENTS_GOAL,
    )
    yield letters(bench)


def add_readers(count: int) -> None:
    with patience() as cursor:
        cursor.execute("TRUNCATE alerts_subscriber CASCADE")
        cursor.execute(READERS, [count])
        cursor.execute("ANALYZE alerts_subscriber")


@contextlib.contextmanager
def patience() -> Iterator[Any]:
    """Lend a cursor whose statements may take longer than a request's."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        yield cursor
        cursor.execute("RESET statement_timeout")


def recipients(bench: Bench) -> tuple[float, float]:
    """Return the seconds of our chunks and of the bare statement: medians of repetitions that take turns."""
    with patience() as cursor:
        cursor.execute(BARE_TABLE)
    other = new_sending(["QRO"])
    found = [(gathered(), written_bare(other.pk)) for _ in range(max(2, bench.times(REPETITIONS)))]
    with patience() as cursor:
        cursor.execute("DROP TABLE bench_delivery")
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)


def gathered() -> float:
    """Gather the recipients of a new sending as the worker does."""
    from embassy.alerts import actions
    from embassy.alerts.models import Delivery, Sending

    sending = new_sending(["QRO"])
    seconds = timed(lambda: actions.gather(sending.pk, 1))
    counted = Delivery.objects.filter(sending=sending).count()
    assert counted
    Sending.objects.filter(pk=sending.pk).update(stopped_at=timezone.now())
    with patience() as cursor:
        cursor.execute("TRUNCATE alerts_delivery")
    return seconds


def written_bare(sending_id: int) -> float:
    with patience() as cursor:
        seconds = timed(lambda: cursor.execute(BARE, [sending_id]))
        cursor.execute("TRUNCATE bench_delivery")
    return seconds


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def new_sending(countries: list[str]) -> Any:
    """Return a sending of a new alert that concerns these countries; its work is owed by `owe_work`."""
    from embassy.alerts.models import Sending
    from tests.factories.alerts import PERSIAN, WORDS, AlertFactory

    alert: Any = AlertFactory(
        reference=f"{timezone.localdate().year}-{time.time_ns() % 10**6}",
        countries=countries,
        ends_at=timezone.now() + timedelta(days=1),
        words={"en": WORDS, "fa": PERSIAN},
    )
    return Sending.objects.create(alert=alert, started_by=alert.written_by)


# Letters


def letters(bench: Bench) -> Row:
    """Send letters through dispatcher and workers to a mail server that takes no time; tell how many a second."""
    count = bench.times(LETTERS)
    add_addresses(count)
    with contextlib.ExitStack() as stack:
        stack.enter_context(program(bench, "worker", [*WORKER, "-l", "ERROR"]))
        stack.enter_context(program(bench, "dispatcher", ["manage.py", "dispatch"]))
        sent_a_second(1), through_celery(1)  # both have started
        found = [(sent_a_second(count), through_celery(bench.times(400))) for _ in range(REPETITIONS)]
    ours, bare = (statistics.median(one[place] for one in found) for place in (0, 1))
    return Row(
        "alerts: letters",
        f"{ours:.0f}/s, pressed to sent",
        f"bare Celery task: {bare:.0f}/s",
        ours / bare,
        LETTERS_GOAL,
        more_is_better=True,
    )


def add_addresses(count: int) -> None:
    """Make subscribers with real addresses, and no others."""
    from tests.factories.alerts import SubscriberFactory

    with patience() as cursor:
        cursor.execute("TRUNCATE alerts_subscriber CASCADE")
    SubscriberFactory.create_batch(count, countries=["QTI"])


def sent_a_second(count: int) -> float:
    """Send an alert and return how many letters left each second, from pressing the button on."""
    from embassy.alerts.models import Delivery

    sending = new_sending(["QTI"])
    begun = time.time()
    owe_work(sending)
    sent = Delivery.objects.filter(sending=sending, state="sent")
    wait_until(lambda: type(sending).objects.filter(pk=sending.pk, done_at__isnull=False).exists())
    assert sent.count() >= count
    last: Any = sent.latest("sent_at").sent_at
    return float(sent.count() / (last.timestamp() - begun))


@transaction.atomic
def owe_work(sending: Any) -> None:
    from consular.outbox.actions import owe

    owe("alerts.gather", key=f"sending:{sending.pk}:gather:1", sending_id=sending.pk, run=1)
