"""Hand due effects to Celery: the dispatcher's one verb. Any number of dispatchers may call it at once."""

import json
import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from celery import current_app
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest, Now
from kombu.exceptions import OperationalError as BrokerError

from consular.outbox.effects import LEASE, pay_off, topics
from consular.outbox.models import Effect

logger = logging.getLogger(__name__)

BATCH = 100
BROKER_PAUSE = timedelta(seconds=1)
MAX_DOUBLINGS = 3
URGENT_SECONDS = 5

# A message that Celery has not taken up since the last hand-out is probably queued behind others: each
# repetition waits twice as long, so that a worker that is away for an hour finds no mountain of copies.
# MATERIALIZED: as a plain sub-query the planner may run it once for each row of a join, beyond its limit.
CLAIM = """
      WITH due AS MATERIALIZED (
            SELECT id
              FROM outbox_effect
             WHERE status IN ('waiting', 'handed_out') AND available_at <= statement_timestamp()
             ORDER BY available_at
             LIMIT %(batch)s
               FOR UPDATE SKIP LOCKED)
    UPDATE outbox_effect AS effect
       SET status = 'handed_out',
           available_at = statement_timestamp() + interval '1 second'
               * COALESCE((%(leases)s::jsonb ->> effect.topic)::float, %(lease)s)
               * 2 ^ LEAST(effect.handed_out, %(doublings)s),
           handed_out = effect.handed_out + 1
      FROM due
     WHERE effect.id = due.id
    RETURNING effect.id, effect.topic
"""


class Claimed(NamedTuple):
    id: int
    topic: str


class BrokerDownError(Exception):
    """Celery's broker did not take the messages; what it did not take waits again in the table."""


def hand_out(batch: int = BATCH) -> int:
    """Claim up to `batch` due effects and send their ids to Celery; return how many were sent.

    Raises `BrokerDownError` after putting back what could not be sent, and after doing urgent work itself.
    """
    claimed = claim(batch)
    unsent = list(claimed)
    try:
        if claimed:
            send(unsent)
    except BrokerDownError:
        put_back(unsent)
        do_urgent(unsent)
        raise
    return len(claimed)


def send(effects: list[Claimed]) -> None:
    """Send each effect's id to the task of its topic, and take it off the list when the broker has it."""
    link = broker()
    try:
        with link:
            while effects:
                current_app.send_task(effects[0].topic, args=[effects[0].id], connection=link, retry=False)
                effects.pop(0)
    except (BrokerError, *link.connection_errors, *link.channel_errors) as error:
        raise BrokerDownError(type(error).__name__) from error


def broker() -> Any:
    """Return a connection to the broker that gives up at once; the table tries again each second."""
    patience = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "connect_retries_timeout": 1}
    return current_app.connection_for_write(
        transport_options={**current_app.conf.broker_transport_options, **patience}
    )


def claim(batch: int) -> list[Claimed]:
    """Take due effects for the length of their leases, in the order in which they fell due."""
    leases = {topic.name: topic.lease.total_seconds() for topic in topics().values()}
    values: dict[str, Any] = {
        "leases": json.dumps(leases),
        "lease": LEASE.total_seconds(),
        "batch": batch,
        "doublings": MAX_DOUBLINGS,
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        return sorted(Claimed(*row) for row in cursor.fetchall())


def put_back(effects: Sequence[Claimed]) -> None:
    """Let effects that the broker did not take wait for a moment, as if they had not been handed out."""
    Effect.objects.filter(pk__in=[effect.id for effect in effects], status=Effect.Status.HANDED_OUT).update(
        status=Effect.Status.WAITING,
        available_at=Now() + BROKER_PAUSE,
        handed_out=Greatest(F("handed_out") - 1, 0),
    )


def do_urgent(effects: Sequence[Claimed]) -> None:
    """Do here what must leave within seconds although the broker is down, such as sign-in codes; but not for long."""
    known, started = topics(), time.monotonic()
    for effect in effects:
        topic = known.get(effect.topic)
        if topic and topic.urgent and time.monotonic() - started < URGENT_SECONDS:
            pay_off(effect.id, topic)
