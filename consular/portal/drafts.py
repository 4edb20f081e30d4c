"""What people have begun and not yet handed in: a service tells the portal by registering a function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Draft:
    """Something begun: what it is, in the active language, where it goes on, when it was last saved.

    People who do something together are one: each of them is among its `members`, also who has handed theirs in.
    """

    label: str
    url: str
    saved_at: datetime
    done: int = 0
    total: int = 0
    state: str = ""
    members: tuple["Draft", ...] = ()


Source = Callable[[Any], Iterable[Draft]]
_SOURCES: list[Source] = []


def register_drafts(source: Source) -> None:
    """Add a function that returns the drafts of a user. Called from a service's AppConfig.ready()."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def drafts_of(user: Any) -> list[Draft]:
    """Return all drafts of a person, the last saved first."""
    found = [draft for source in _SOURCES for draft in source(user)]
    return sorted(found, key=lambda draft: draft.saved_at, reverse=True)
