"""The accounts in other hands, as this process knows them: asked on every page, looked up when something changed.

A public page knows the edition of the site that it is made from, and has the warnings of that very edition. Any
other page has what is at most `KEPT_FOR` seconds old, so that it costs no query.
"""

from typing import NamedTuple

from consular.lib.lately import Lately
from embassy.officials.models import Account

KEPT_FOR = 5.0  # seconds


class Known(NamedTuple):
    edition: int | None  # None: whatever was there
    accounts: tuple[Account, ...]


def read(edition: int | None = None) -> Known:
    return Known(edition, tuple(Account.objects.compromised()))


shelf: Lately[Known] = Lately(read, before=Known(None, ()), seconds=KEPT_FOR)
forget = shelf.forget


def of_edition(number: int) -> tuple[Account, ...]:
    """Return the accounts to warn of in an edition of the site; one query when this process sees it first."""
    known = shelf.kept()
    if number and known.edition == number:
        return known.accounts
    return shelf.keep(read(number)).accounts


def lately() -> tuple[Account, ...]:
    """Return the accounts to warn of now."""
    return shelf.known().accounts


def kept() -> tuple[Account, ...]:
    """Return what was looked up last, without asking anybody."""
    return shelf.kept().accounts
