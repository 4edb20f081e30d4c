"""How a task pays an effect off: `@effect("documents.process")` above a function of the payload's ids.

The dispatcher sends Celery the effect's id. The task takes a PostgreSQL advisory lock on it for as long as
it runs: a second hand-out while the first still works is a no-op, and the lock dies with a killed worker,
so the next hand-out does the work. Each beginning counts as an attempt before the work starts, so that work
which kills its worker every time ends among the dead letters like work that fails every time.

The function runs in autocommit, so that long work holds no transaction: it opens its own where it writes.
Running twice must be harmless: a worker may die after the work and before the note that it is done.
"""

import functools
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from consular.outbox.models import Effect

logger = logging.getLogger(__name__)

LOCK_SPACE = 0x0EFF << 48  # High bits of the advisory lock's key, so that it meets nobody else's
MAX_ATTEMPTS = 8
MAX_PAUSE_SECONDS = 300
LEASE = timedelta(seconds=60)


class FinalError(Exception):
    """The effect cannot succeed, however often it is tried: it goes to the dead letters at once."""


class WorkerLostError(Exception):
    """Every attempt began and none ended: the work kills its worker. Only its name is used, in `last_error`."""


@dataclass(frozen=True)
class Topic:
    """One kind of work: what does it, and how patient we are with it (see `effect`)."""

    name: str
    function: Callable[..., None]
    lease: timedelta = LEASE
    max_attempts: int = MAX_ATTEMPTS
    urgent: bool = False


TOPICS: dict[str, Topic] = {}


def topics() -> dict[str, Topic]:
    """Return every topic by name."""
    import_tasks()
    return TOPICS


@functools.cache
def import_tasks() -> None:
    """Import the tasks of all apps, as a worker does when it starts."""
    current_app.loader.import_default_modules()


def effect(
    name: str,
    *,
    lease: timedelta = LEASE,
    max_attempts: int = MAX_ATTEMPTS,
    urgent: bool = False,
    **task_options: Any,
) -> Callable[[Callable[..., None]], Any]:
    """Make a Celery task called `name` out of a function that takes an effect's payload as keywords.

    `lease` is how long the dispatcher waits before it hands the effect out again; a lease that is shorter
    than the work is harmless. After `max_attempts` the effect is dead; the pauses before the last ones are
    five minutes each. `urgent` is for short work that must leave within seconds while the broker is down:
    the dispatcher then does it itself.
    """

    def decorate(function: Callable[..., None]) -> Any:
        topic = TOPICS[name] = Topic(name, function, lease, max_attempts, urgent)

        @shared_task(name=name, **task_options)
        def run(effect_id: int) -> None:
            pay_off(effect_id, topic)

        run.pays = function
        return run

    return decorate


def pay_off(effect_id: int, topic: Topic) -> None:
    """Do the work of an open effect and note how it went; do nothing if it is done or being done."""
    with advisory_lock(effect_id) as held:
        owed = begin(effect_id, topic) if held else None
        if owed is None:
            return
        try:
            topic.function(**owed.payload)
            note_success(owed)
        except Exception as error:  # noqa: BLE001 - whatever failed, the row says so and is tried again
            note_failure(
                owed, error, dead=isinstance(error, FinalError) or owed.attempts >= topic.max_attempts
            )


def begin(effect_id: int, topic: Topic) -> Effect | None:
    """Count an attempt and return the effect, unless it is done, dead, not yet due or out of attempts."""
    owed = Effect.objects.open().filter(pk=effect_id, due_at__lte=Now()).first()
    if owed is None:
        return None
    if owed.attempts >= topic.max_attempts:
        note_failure(owed, WorkerLostError(), dead=True)
        return None
    Effect.objects.filter(pk=effect_id).update(attempts=F("attempts") + 1, handed_out=0)
    owed.attempts += 1
    return owed


def note_success(owed: Effect) -> None:
    Effect.objects.filter(pk=owed.pk).update(
        status=Effect.Status.DONE, done_at=timezone.now(), last_error="", handed_out=0
    )


def note_failure(owed: Effect, error: Exception, *, dead: bool) -> None:
    """Put the effect back for later, or among the dead letters. Logs the error's class, never its text."""
    refresh_connection()
    again_at = Now() + pause_after(owed.attempts)
    Effect.objects.open().filter(pk=owed.pk).update(
        status=Effect.Status.DEAD if dead else Effect.Status.WAITING,
        due_at=again_at,
        available_at=again_at,
        handed_out=0,
        last_error=type(error).__name__,
    )
    logger.log(
        logging.ERROR if dead else logging.WARNING,
        "effect %s (%s): %s in attempt %d%s",
        owed.pk, owed.topic, type(error).__name__, owed.attempts, "; it is dead" if dead else "",
    )  # fmt: skip


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: two seconds doubled each time, at most five minutes."""
    return timedelta(seconds=min(2**attempts, MAX_PAUSE_SECONDS) * random.uniform(0.8, 1.2))  # noqa: S311 - jitter


def refresh_connection() -> None:
    """Drop a connection that the work has lost, so that its outcome can still be noted."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


@contextmanager
def advisory_lock(effect_id: int) -> Iterator[bool]:
    """Hold the session-level lock of an effect; yields False when another worker holds it."""
    key = LOCK_SPACE + effect_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s::bigint)", [key])
        held = bool(cursor.fetchone()[0])
    session = connection.connection
    try:
        yield held
    finally:
        if held and connection.connection is session:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s::bigint)", [key])


def pay_due(limit: int = 1000) -> int:
    """Pay off what is due here and now, without Celery: for demonstration data and tests; return how many ran."""
    known, tried = topics(), set[int]()
    while len(tried) < limit and (owed := Effect.objects.due().exclude(pk__in=tried).order_by("pk").first()):
        tried.add(owed.pk)
        pay_off(owed.pk, known[owed.topic])
    return len(tried)
