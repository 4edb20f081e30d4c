"""Try again what was given up."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.outbox.models import Effect


@transaction.atomic
def retry(effect: Effect, *, by: Any) -> bool:
    """Put a dead letter back among the work owed, with all its attempts; False when it is not dead (any more)."""
    effect = Effect.objects.select_for_update().get(pk=effect.pk)
    if effect.status != Effect.Status.DEAD:
        return False
    effect.status, effect.attempts, effect.handed_out = Effect.Status.WAITING, 0, 0
    effect.due_at = effect.available_at = timezone.now()
    effect.save(update_fields=["status", "attempts", "handed_out", "due_at", "available_at"])
    record("effect.retried", effect, by=by, key=effect.key, topic=effect.topic)
    return True
