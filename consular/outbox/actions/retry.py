"""Give a dead letter another life."""

from django.db import connection, transaction
from django.db.models.functions import Now

from consular.outbox.actions.owe import CHANNEL
from consular.outbox.models import Effect


@transaction.atomic
def retry(effect: Effect) -> bool:
    """Let a dead effect be tried from the beginning; False when it is not dead (any more)."""
    raised = Effect.objects.dead().filter(pk=effect.pk)
    retried = raised.update(
        status=Effect.Status.WAITING, attempts=0, handed_out=0, due_at=Now(), available_at=Now(), last_error=""
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return bool(retried)
