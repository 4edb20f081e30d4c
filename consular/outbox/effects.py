"""How a task pays an effect off: `@effect("documents.process")` above a function of the payload's ids.

The dispatcher sends Celery the effect's id. The task takes a PostgreSQL advisory lock on it for as long as
it runs: a second hand-out while the first still works is a no-op, and the lock dies with a killed worker,
so the next hand-out does the work. Failure leaves the row open with a later time; the eighth makes it dead.
"""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import connection
from django.utils import timezone

from consular.outbox.models import Effect

logger = logging.getLogger(__name__)

LOCK_SPACE = 0x0F  # The first key of the two-key advisory lock: "effects"
MAX_ATTEMPTS = 8
MAX_PAUSE_SECONDS = 300


class FinalError(Exception):
    """The effect cannot succeed, however often it is tried: it goes to the dead letters at once."""


def effect(topic: str, **task_options: Any) -> Callable[[Callable[..., None]], Any]:
    """Make a Celery task named `topic` out of a function that takes an effect's payload as keywords."""

    def decorate(function: Callable[..., None]) -> Any:
        @shared_task(name=topic, **task_options)
        def run(effect_id: int) -> None:
            pay_off(effect_id, function)

        run.pays = function
        return run

    return decorate


def pay_off(effect_id: int, function: Callable[..., None]) -> None:
    """Run `function` for an open effect and note how it went; do nothing if it is done or being done."""
    with advisory_lock(effect_id) as held:
        owed = Effect.objects.filter(pk=effect_id, status__in=Effect.OPEN).first() if held else None
        if owed is None:
            return
        try:
            function(**owed.payload)
        except Exception as error:
            note_failure(owed, error)
        else:
            Effect.objects.filter(pk=effect_id).update(status=Effect.Status.DONE, done_at=timezone.now(), last_error="")


def note_failure(owed: Effect, error: Exception) -> None:
    """Put the effect back for later, or among the dead letters. Logs the error's class, never its text."""
    attempts = owed.attempts + 1
    dead = attempts >= MAX_ATTEMPTS or isinstance(error, FinalError)
    pause = min(2**attempts, MAX_PAUSE_SECONDS) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, no secret
    Effect.objects.filter(pk=owed.pk).update(
        status=Effect.Status.DEAD if dead else Effect.Status.WAITING,
        attempts=attempts,
        available_at=timezone.now() + timedelta(seconds=pause),
        last_error=type(error).__name__,
    )
    logger.warning("effect %s (%s) failed with %s, attempt %d", owed.pk, owed.topic, type(error).__name__, attempts)


@contextmanager
def advisory_lock(effect_id: int) -> Iterator[bool]:
    """Hold the session-level lock of an effect; yields False when another worker holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, effect_id])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, effect_id])
