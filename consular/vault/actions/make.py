"""Make keys, and put them into the safe of the case that they belong to."""

import uuid
from collections.abc import Collection

from django.db import models, transaction

from consular.vault import locks
from consular.vault.models import Key, Safe


def make_key(key_id: uuid.UUID) -> bytes:
    """Make the key of a document's files, in the caller's transaction: rolled back, nobody ever reads the files."""
    key, row = locks.fresh(), Key(pk=key_id)
    row.locked_key = locks.locked(key, row)
    row.save(force_insert=True)
    return key


@transaction.atomic
def put_into_safe_of(owner: models.Model, key_ids: Collection[uuid.UUID]) -> None:
    """Lock the keys with the key of `owner` (a case) instead: the files stay as they are. Doing it again is harmless.

    A document without a key, kept from before there were any, is passed over. `KeyDestroyedError` when the safe
    is no more.
    """
    safe = safe_of(owner)
    rows = list(Key.objects.select_for_update(of=("self",)).select_related("safe").filter(pk__in=key_ids))
    moved = [row for row in rows if not row.is_destroyed and row.safe_id != safe.pk]
    for row in moved:
        key = locks.opened_key(row)
        row.safe = safe
        row.locked_key = locks.locked(key, row)
    Key.objects.bulk_update(moved, ["safe", "locked_key"])


def safe_of(owner: models.Model) -> Safe:
    """Return the safe of a case, made when it is first asked for."""
    name = name_of_safe(owner)
    known = Safe.objects.filter(name=name).first()
    if known:
        return known
    made = Safe(name=name)
    made.locked_key = locks.locked(locks.fresh(), made)
    Safe.objects.bulk_create([made], ignore_conflicts=True)
    return Safe.objects.get(name=name)


def name_of_safe(owner: models.Model) -> str:
    return f"{owner._meta.label_lower}:{owner.pk}"
