"""Owe an effect: the only way from a request to Celery."""

from datetime import datetime

from django.db import connection, transaction

from consular.outbox.models import Effect

CHANNEL = "outbox"


def owe(topic: str, key: str, *, available_at: datetime | None = None, **ids: object) -> None:
    """Write down that the task named `topic` is to run with `ids`, once for this `key`.

    Call it inside the transaction of the change that owes the effect: both are kept or neither. Owing a
    key that exists already does nothing. The dispatcher is woken when the transaction commits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Owe an effect inside the transaction of the change that owes it.")
    payload = {name: value if isinstance(value, int) else str(value) for name, value in ids.items()}
    when = {"due_at": available_at, "available_at": available_at} if available_at else {}
    Effect.objects.bulk_create([Effect(topic=topic, key=key, payload=payload, **when)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
