"""Lock keys with the newest field key, so that an older one can be forgotten."""

from django.db import transaction

from consular.lib.encryption import is_stale
from consular.vault import locks
from consular.vault.models import Key, Safe


def relock() -> int:
    """Lock every key again that an older field key locks, and return how many there were. No file is touched."""
    safes = Safe.objects.filter(destroyed_at=None)
    loose = Key.objects.filter(destroyed_at=None, safe=None)
    rows: list[Safe | Key] = [*safes, *loose]
    return sum(relock_one(row) for row in rows if is_stale(row.locked_key))


@transaction.atomic
def relock_one(row: Safe | Key) -> bool:
    """Lock one key again, as it is now: it may have been destroyed, or put into a safe, since it was found."""
    now: Safe | Key = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if now.is_destroyed or getattr(now, "safe_id", None) or not is_stale(now.locked_key):
        return False
    key = locks.opened_safe(now) if isinstance(now, Safe) else locks.opened_key(now)
    now.locked_key = locks.locked(key, now)
    now.save(update_fields=["locked_key"])
    return True
