"""Send an alert to its subscribers: one row says so, the rest is work owed.

`gather` writes the recipients down in chunks; then each of some lanes sends batch after batch (actions/deliver.py).
Both can be killed anywhere: what is committed stays, and the outbox hands the rest out again.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import RefusedError
from consular.outbox.actions import owe
from consular.outbox.models import Effect
from embassy.alerts import rules
from embassy.alerts.actions.demand import demand
from embassy.alerts.models import Alert, Delivery, Sending, Subscriber
from embassy.alerts.status import DeliveryState, Obstacle

CHUNK = 10_000  # recipients written down in one transaction: well below the statement timeout
LANES = 4  # workers that send one alert at the same time


@transaction.atomic
def send(alert: Alert, *, by: Any, seen: int) -> Sending:
    """Owe a letter to everybody whom the alert concerns; `RefusedError` when that was done before."""
    alert = demand(rules.sending, alert, by=by, seen=seen)
    sending = Sending.objects.create(alert=alert, started_by=by)
    owe("alerts.gather", key=f"sending:{sending.pk}:gather:1", sending_id=sending.pk, run=1)
    record("alert.sending_started", alert, by=by, reference=alert.reference)
    return sending


def gather(sending_id: int, run: int) -> None:
    """Write the recipients down, chunk by chunk, and put the lanes to work."""
    while gather_chunk(sending_id, run):
        pass


@transaction.atomic
def gather_chunk(sending_id: int, run: int) -> bool:
    """Write down the next subscribers; False when there are no more, or when somebody has stopped the sending."""
    sending = Sending.objects.select_for_update().get(pk=sending_id)
    if sending.stopped_at or sending.run != run or sending.done_at:
        return False
    if sending.gathered_at is None:
        chunk = write_recipients(sending)
        if chunk:
            sending.reached = chunk
            sending.save(update_fields=["reached"])
            return True
        sending.gathered_at = timezone.now()
        sending.save(update_fields=["gathered_at"])
    owe_lanes(sending)
    return False


def write_recipients(sending: Sending) -> int | None:
    """Insert the next chunk of deliveries; return the last subscriber in it, None when there was none.

    One INSERT … SELECT: no address leaves the database, nothing is read into Python.
    """
    concerned = (
        Subscriber.objects.concerned_by(sending.alert)
        .filter(pk__gt=sending.reached)
        .order_by("pk")
        .values("pk", "language")[:CHUNK]
    )
    sql, values = concerned.query.sql_with_params()
    table = connection.ops.quote_name(Delivery._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH concerned (subscriber, language) AS ({sql}), written AS (
                INSERT INTO {table} (sending_id, subscriber_id, language, state, batch, attempts, due_at, last_error)
                SELECT %s, subscriber, language, 'waiting', '', 0, statement_timestamp(), '' FROM concerned
                ON CONFLICT DO NOTHING)
            SELECT max(subscriber) FROM concerned
            """,  # noqa: S608 - our own names; values are parameters
            [*values, sending.pk],
        )
        last: int | None = cursor.fetchone()[0]
    return last


def owe_lanes(sending: Sending) -> None:
    for lane in range(LANES):
        owe_batch(sending, f"{sending.run}.{lane}.1")


def owe_batch(sending: Sending, batch: str, *, at: datetime | None = None) -> None:
    """Owe a batch of letters ("run.lane.number"), now or for a later moment."""
    key = f"sending:{sending.pk}:batch:{batch}"
    owe("alerts.send", key=key, available_at=at, sending_id=sending.pk, batch=batch)


@transaction.atomic
def stop(sending: Sending, *, by: Any) -> Sending:
    """Let nothing more leave; each lane finishes the letter in its hands."""
    if not rules.may(by, rules.SEND):
        raise RefusedError(Obstacle.NOT_ALLOWED)
    sending = Sending.objects.select_for_update().get(pk=sending.pk)
    if sending.stopped_at or sending.done_at:
        raise RefusedError(Obstacle.NOT_NOW)
    sending.stopped_at = timezone.now()
    sending.save(update_fields=["stopped_at"])
    record("alert.sending_stopped", sending.alert, by=by, reference=sending.alert.reference)
    return sending


@transaction.atomic
def resume(sending: Sending, *, by: Any) -> Sending:
    """Go on where it stopped, in a new run: what is left of the old one notices and does nothing more."""
    if not rules.may(by, rules.SEND):
        raise RefusedError(Obstacle.NOT_ALLOWED)
    sending = Sending.objects.select_for_update().get(pk=sending.pk)
    if sending.done_at or not (sending.stopped_at or is_stuck(sending)):
        raise RefusedError(Obstacle.NOT_NOW)
    take_back_orphans(sending)
    sending.stopped_at, sending.run = None, sending.run + 1
    sending.save(update_fields=["stopped_at", "run"])
    key = f"sending:{sending.pk}:gather:{sending.run}"
    owe("alerts.gather", key=key, sending_id=sending.pk, run=sending.run)
    record("alert.sending_resumed", sending.alert, by=by, reference=sending.alert.reference)
    return sending


def is_stuck(sending: Sending) -> bool:
    """Tell whether nobody will go on by themselves: all work of this sending has ended among the dead letters."""
    if sending.done_at or sending.stopped_at:
        return False
    return not Effect.objects.open().filter(key__startswith=f"sending:{sending.pk}:").exists()


def take_back_orphans(sending: Sending) -> None:
    """Let letters wait again whose batch has died for good; a batch that lives puts its own back."""
    begun = sending.deliveries.filter(state=DeliveryState.BEGUN)
    for batch in begun.order_by().values_list("batch", flat=True).distinct():
        if not Effect.objects.open().filter(key=f"sending:{sending.pk}:batch:{batch}").exists():
            begun.filter(batch=batch).update(state=DeliveryState.WAITING, batch="")
