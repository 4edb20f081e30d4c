"""Say that an account is in use, closed, or in other hands: the warning is on every page with the next request."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from embassy.officials import book
from embassy.officials.models import Account
from embassy.officials.status import State


@transaction.atomic
def switch(account: Account, state: State, *, by: Any) -> bool:
    """Move the account to `state` and write it down; False when it is there already."""
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.state == state:
        return False
    before, account.state, account.state_changed_at = locked.state, state, timezone.now()
    account.save(update_fields=["state", "state_changed_at"])
    transaction.on_commit(book.forget)
    record(f"official_account.{state}", account, by=by, before=before)
    return True
