"""Destroy keys: what they locked is erased at once, and in every copy. It cannot be undone."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.vault.actions.make import name_of_safe
from consular.vault.models import Key, Safe


def destroy_keys(key_ids: Collection[uuid.UUID]) -> int:
    """Empty the rows of these keys, and return how many were not empty yet. Whoever calls it writes the trail."""
    there = Key.objects.filter(pk__in=key_ids, destroyed_at=None)
    return there.update(locked_key="", destroyed_at=timezone.now())


@transaction.atomic
def destroy_safe_of(owner: models.Model, *, by: Any, **why: Any) -> bool:
    """Destroy the key of a case and those that lie in its safe; False, with nothing written, if there is none now.

    The trail keeps when, by which rule (`why`), and how many keys it was.
    """
    safe = Safe.objects.select_for_update().filter(name=name_of_safe(owner), destroyed_at=None).first()
    if safe is None:
        return False
    keys = destroy_keys(list(safe.keys.values_list("pk", flat=True)))
    safe.locked_key, safe.destroyed_at = "", timezone.now()
    safe.save(update_fields=["locked_key", "destroyed_at"])
    record("vault.safe_destroyed", owner, by=by, safe=str(safe.pk), keys=keys, **why)
    return True
