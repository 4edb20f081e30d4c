"""For whom else somebody acts: a service tells the portal by registering a function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from consular.cases.deputies import Right
from consular.cases.models import Case


@dataclass(frozen=True)
class Other:
    """An application of somebody else: what it is, in the active language, in what right, where it goes on.

    `case` is None until it was submitted.
    """

    label: str
    url: str
    right: Right
    case: Case | None


Source = Callable[[Any], Iterable[Other]]
_SOURCES: list[Source] = []


def register_others(source: Source) -> None:
    """Add a function that returns what a user may open of other people. Called from a service's AppConfig.ready()."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def others_of(user: Any) -> list[Other]:
    """Return all applications of other people that a person may open."""
    return [other for source in _SOURCES for other in source(user)]
