"""Owe an effect: the only way from a request to Celery."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from consular.outbox.models import Effect

CHANNEL = "outbox"


def owe(topic: str, key: str, *, available_at: Any = None, **ids: Any) -> None:
    """Write down that the task named `topic` is to run with `ids`, once for this `key`.

    Call it inside the transaction of the change that owes the effect: both are kept or neither. Owing a
    key that exists already does nothing. The dispatcher is woken when the transaction commits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Owe an effect inside the transaction of the change that owes it.")
    effect = Effect(
        topic=topic,
        key=key,
        payload={name: str(value) if not isinstance(value, int) else value for name, value in ids.items()},
        available_at=available_at or timezone.now(),
    )
    Effect.objects.bulk_create([effect], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
