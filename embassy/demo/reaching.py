"""Official accounts and readers' remarks, from data/officials.toml and data/feedback.toml."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from embassy.demo.rows import put_all, read
from embassy.feedback.models import Remark
from embassy.officials import book
from embassy.officials.models import Account


def load() -> None:
    """Make the accounts and the remarks what the files say."""
    put_all(Account, [account(row, place) for place, row in enumerate(read("officials")["account"])])
    remarks = [remark(row) for row in read("feedback")["remark"]]
    put_all(Remark, remarks, key=("page", "language", "is_useful", "text"))
    book.forget()


def account(row: dict[str, Any], place: int) -> dict[str, Any]:
    verified, changed = row.pop("verified_ago"), row.pop("changed_ago")
    times = {"verified_on": midnight(verified).date(), "state_changed_at": midnight(changed)}
    return {**row, **times, "position": place}


def remark(row: dict[str, Any]) -> dict[str, Any]:
    given_at = midnight(row.pop("ago"))
    return {**row, "given_at": given_at}


def midnight(days_ago: int) -> datetime:
    """Return the beginning of a day: loading twice a day changes nothing."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days_ago)
