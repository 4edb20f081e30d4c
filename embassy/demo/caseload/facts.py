"""What a caseload is drawn from, as plain values that a process without settings can be given."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A part of a name in Latin letters, in native script ('' where that is Latin), and each as it is searched for."""

    latin: str
    native: str
    latin_folded: str
    native_folded: str


@dataclass(frozen=True)
class State:
    """Where a part of the travellers comes from."""

    code: str
    letter: str
    city: str
    language: str
    surnames: tuple[Name, ...]
    given: tuple[tuple[str, Name], ...]  # (sex, name)


@dataclass(frozen=True)
class Post:
    """A mission and the officers who work there."""

    key: int
    officers: tuple[int, ...]


@dataclass(frozen=True)
class Facts:
    """All that drawing needs, as plain values."""

    seed: int
    now: dt.datetime
    revision: int
    categories: tuple[str, ...]
    states: tuple[State, ...]
    posts: tuple[Post, ...]
