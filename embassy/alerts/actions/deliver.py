"""One batch of a sending: claim letters, hand them to the mail server one by one, note each answer.

A letter is marked as begun, with the name of its batch, before the mail server hears of it, and as sent in a
commit of its own right after the server's answer. The outbox lets one process at a time work on a batch, so
a batch that starts again finds only its own unfinished letters as begun and takes them up. Killed between
the server's answer and the commit, it repeats that one letter with the same Message-ID: at least once, like
`consular.notifications`, since an alert twice is better than none. Nothing else is ever sent twice.
"""

import smtplib
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from consular.lib.encryption import UnreadableError
from consular.notifications.actions.deliver import error_name, is_final
from consular.outbox.effects import pause_after
from embassy.alerts.actions.letters import Letters
from embassy.alerts.actions.sending import owe_batch
from embassy.alerts.models import Delivery, Sending
from embassy.alerts.refusals import has_no_mailbox
from embassy.alerts.status import DeliveryState

BATCH = 200
BATCH_SECONDS = 60  # after which a slow batch leaves the rest to the next one
LOOK_EVERY = 20  # letters, for who said "stop" or has unsubscribed
MOST_ATTEMPTS = 40  # of one letter: more than two hours of "try again later"
AWAY_PAUSE = timedelta(seconds=30)

CLAIM = """
      WITH due AS MATERIALIZED (
            SELECT id FROM alerts_delivery
             WHERE sending_id = %(sending)s AND state = 'waiting' AND due_at <= statement_timestamp()
             ORDER BY due_at, id
             LIMIT %(size)s
               FOR UPDATE SKIP LOCKED)
    UPDATE alerts_delivery AS delivery SET state = 'begun', batch = %(batch)s
      FROM due WHERE delivery.id = due.id
    RETURNING delivery.id
"""

# Once a letter: written out, since putting it together anew takes as long as all else that a letter costs
SENT = """
    UPDATE alerts_delivery
       SET state = 'sent', batch = '', last_error = '', attempts = attempts + 1, sent_at = %s
     WHERE id = %s
"""


class ServerAwayError(Exception):
    """The mail server does not speak with us: no letter is at fault."""


def drive(sending_id: int, batch: str) -> None:
    """Send one batch ("run.lane.number") and owe the lane's next one; end the sending when nothing is left."""
    sending = Sending.objects.select_related("alert").get(pk=sending_id)
    take_back(sending, batch)
    if is_halted(sending, batch):
        return
    if not sending.alert.holds_at(timezone.now()):
        drop_the_rest(sending)
    pause = send_batch(sending, batch)
    go_on(sending, batch, timezone.now() + pause)


def is_halted(sending: Sending, batch: str) -> bool:
    """Tell whether the sending was stopped, or goes on in another run."""
    run = int(batch.partition(".")[0])
    return not Sending.objects.filter(pk=sending.pk, stopped_at=None, done_at=None, run=run).exists()


def take_back(sending: Sending, batch: str) -> None:
    """Let the letters wait again that this batch has begun: nobody else can be working on them."""
    mine = sending.deliveries.filter(state=DeliveryState.BEGUN, batch=batch)
    mine.update(state=DeliveryState.WAITING, batch="")


def drop_the_rest(sending: Sending) -> None:
    """Send no more of what is over, withdrawn or corrected."""
    sending.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED)


def claim(sending: Sending, batch: str) -> list[int]:
    """Mark waiting letters as begun by this batch; no two batches get the same one."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"sending": sending.pk, "batch": batch, "size": BATCH})
        return sorted(row[0] for row in cursor.fetchall())


def send_batch(sending: Sending, batch: str) -> timedelta:
    """Claim and send; return how long the lane has to wait before its next batch."""
    claimed = claim(sending, batch)
    if not claimed:
        return timedelta()
    try:
        send_all(sending, batch, claimed)
    except ServerAwayError:
        return AWAY_PAUSE
    finally:
        take_back(sending, batch)
    return timedelta()


def send_all(sending: Sending, batch: str, claimed: list[int]) -> None:
    """Send the claimed letters over one connection, until somebody stops it or the time is up."""
    letters, until = Letters(sending.alert), time.monotonic() + BATCH_SECONDS
    server = Server()
    try:
        for few in batched(claimed, LOOK_EVERY):
            if time.monotonic() > until or is_halted(sending, batch):
                return
            for delivery in Delivery.objects.filter(pk__in=few).select_related("subscriber"):
                send_one(delivery, letters, server)
    finally:
        server.hang_up()


def batched(items: list[int], size: int) -> Iterator[list[int]]:
    """Yield the items in lists of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))


class Server:
    """One connection to the mail server, opened anew after trouble."""

    def __init__(self) -> None:
        self.line = get_connection()
        self.call()

    def call(self) -> None:
        try:
            self.line.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAwayError from error

    def hang_up(self) -> None:
        """Say good-bye, if the server still listens: what it accepted, it accepted."""
        try:
            self.line.close()
        except (OSError, smtplib.SMTPException):
            self.line = get_connection()

    def call_again(self) -> None:
        self.hang_up()
        self.call()


def send_one(delivery: Delivery, letters: Letters, server: Server) -> None:
    """Send one letter and note the answer; whoever unsubscribed meanwhile gets none."""
    subscriber = delivery.subscriber
    if subscriber is None:
        close(delivery, DeliveryState.DROPPED)
        return
    try:
        letters.to(subscriber, delivery, server.line).send()
    except (OSError, smtplib.SMTPException, UnicodeError, UnreadableError) as error:
        note_error(delivery, error)
        server.call_again()
    else:
        note_sent(delivery)


def note_sent(delivery: Delivery) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SENT, [timezone.now(), delivery.pk])


def note_error(delivery: Delivery, error: Exception) -> None:
    """Erase an address without a mailbox, give up what is refused for good, try everything else again later."""
    if has_no_mailbox(error):
        subscriber = delivery.subscriber
        close(delivery, DeliveryState.REFUSED, error=error_name(error))
        if subscriber:
            subscriber.delete()
    elif is_final(error) or isinstance(error, UnreadableError) or delivery.attempts + 1 >= MOST_ATTEMPTS:
        close(delivery, DeliveryState.FAILED, error=error_name(error))
    else:
        try_later(delivery, error)


def close(delivery: Delivery, state: DeliveryState, *, error: str = "") -> None:
    """Note that no letter leaves, and why."""
    delivery.state, delivery.last_error, delivery.batch = state, error, ""
    delivery.attempts += 1
    delivery.save(update_fields=["state", "last_error", "batch", "attempts"])


def try_later(delivery: Delivery, error: Exception) -> None:
    delivery.attempts += 1
    delivery.state, delivery.batch, delivery.last_error = DeliveryState.WAITING, "", error_name(error)
    delivery.due_at = timezone.now() + pause_after(delivery.attempts)
    delivery.save(update_fields=["state", "batch", "last_error", "attempts", "due_at"])


@transaction.atomic
def go_on(sending: Sending, batch: str, earliest: datetime) -> None:
    """Owe the lane's next batch for when letters are due; where none wait, see whether all is done."""
    waiting = sending.deliveries.filter(state=DeliveryState.WAITING).order_by("due_at")
    next_due = waiting.values_list("due_at", flat=True).first()
    if next_due is None:
        finish(sending)
    elif not is_halted(sending, batch):
        lane, _, number = batch.rpartition(".")
        owe_batch(sending, f"{lane}.{int(number) + 1}", at=max(next_due, earliest))


def finish(sending: Sending) -> None:
    """Note that all is done, once no other lane has a letter in its hands."""
    if not sending.deliveries.open().exists():
        Sending.objects.filter(pk=sending.pk, done_at=None).update(done_at=timezone.now())
