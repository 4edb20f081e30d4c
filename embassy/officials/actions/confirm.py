"""Write down that somebody has looked at an account today and that it is ours."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from embassy.officials.models import Account


@transaction.atomic
def confirm(account: Account, *, by: Any) -> None:
    account.verified_on, account.verified_by = timezone.localdate(), by
    account.save(update_fields=["verified_on", "verified_by"])
    record("official_account.verified", account, by=by)
