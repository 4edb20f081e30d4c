"""The accounts in other hands, as this process knows them: asked on every page, looked up when something changed.

A public page knows the edition of the site that it is made from, and has the warnings of that very edition. Any
other page has what is at most `KEPT_FOR` seconds old, so that it costs no query. Rows here are shared between
threads and must not be changed.
"""

import time
from typing import NamedTuple

from django.db import DatabaseError

from embassy.officials.models import Account

KEPT_FOR = 5.0  # seconds


class Shelf(NamedTuple):
    edition: int | None
    until: float  # by time.monotonic()
    accounts: tuple[Account, ...]


_shelf: list[Shelf] = []


def of_edition(number: int) -> tuple[Account, ...]:
    """Return the accounts to warn of in an edition of the site; one query when this process sees it first."""
    for last in _shelf:
        if number and last.edition == number:
            return last.accounts
    return keep(number)


def lately() -> tuple[Account, ...]:
    """Return the accounts to warn of now; what was known before while the database is away."""
    for last in _shelf:
        if time.monotonic() < last.until:
            return last.accounts
    try:
        return keep(None)
    except DatabaseError:
        return kept()


def kept() -> tuple[Account, ...]:
    """Return what was looked up last, without asking anybody."""
    return _shelf[0].accounts if _shelf else ()


def keep(number: int | None) -> tuple[Account, ...]:
    found = tuple(Account.objects.compromised())
    _shelf[:] = [Shelf(number, time.monotonic() + KEPT_FOR, found)]
    return found


def forget() -> None:
    """Look again next time: called where this process changes an account."""
    _shelf.clear()
