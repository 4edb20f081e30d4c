"""Read what a caseload is drawn from, once."""

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from consular.lib.folding import fold
from consular.missions.models import Mission, Posting, Role
from consular.questionnaires.models import Revision
from embassy.demo.caseload.facts import Facts, Name, Post, State
from embassy.demo.rows import read
from visas.applications.context import FORM
from visas.policy.models import Category

SYLLABLES = (
    "sha",
    "rin",
    "da",
    "vel",
    "mo",
    "ria",
    "ka",
    "zem",
    "lu",
    "tan",
    "be",
    "ros",
    "ni",
    "fa",
    "gol",
    "par",
)
SURNAMES = 4000  # drawn beside those of data/crowd.toml


class NothingToWorkWithError(Exception):
    """There is no law, no questionnaire, or no mission with officers to draw cases for."""


def gather(seed: int, now: dt.datetime) -> Facts:
    """Read what a caseload needs; `NothingToWorkWithError` when the demonstration, or its like, is not there."""
    categories = tuple(
        Category.objects.filter(online=True).values_list("code", flat=True).distinct().order_by("code")
    )
    posts = tuple(post for post in _posts(now.date()) if post.officers)
    if not categories or not posts:
        raise NothingToWorkWithError
    revision = Revision.objects.current(FORM).pk
    return Facts(seed, now, revision, categories, tuple(_states()), posts)


def _posts(today: dt.date) -> list[Post]:
    working = Posting.objects.filter(
        role__in=[Role.OFFICER, Role.CONSUL], starts_on__lte=today, user__is_active=True
    ).exclude(ends_on__lt=today)
    found: dict[int, set[int]] = {mission.pk: set() for mission in Mission.objects.all()}
    for mission, user in working.values_list("mission", "user"):
        found[mission].add(user)
    return [Post(key, tuple(sorted(officers))) for key, officers in sorted(found.items())]


def _states() -> list[State]:
    """Return the states of data/crowd.toml, as often as people come from them; some of their people speak other languages."""
    states = read("crowd")["state"]
    return [
        State(
            row["code"],
            row["letter"],
            row["city"],
            language,
            tuple(_name(each) for each in row["surnames"]) + _syllables(row["code"]),
            tuple((sex, _name(each)) for sex, names in (("F", "women"), ("M", "men")) for each in row[names]),
        )
        for row in states
        for language in _spoken(row)
    ]


def _spoken(row: dict[str, Any]) -> list[str]:
    return [row["language"]] * (row["of"] - 1) + [("es", "ar", "en")[row["of"] % 3]]


def _name(parts: list[str]) -> Name:
    latin, native = parts[0], parts[1] if parts[1:] else ""
    return Name(latin, native, fold(latin), fold(native))


def _syllables(seed: str) -> tuple[Name, ...]:
    """Return surnames that nobody has, the same ones every time: a search must have something to tell apart."""
    rng = random.Random(seed)
    made = ("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).upper() for _ in range(SURNAMES))
    return tuple(Name(latin, "", fold(latin), "") for latin in made)


def midnight() -> dt.datetime:
    """Return the beginning of today: with one seed, all caseloads of a day are the same."""
    return dt.datetime.combine(timezone.localdate(), dt.time(), tzinfo=dt.UTC)
