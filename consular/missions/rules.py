"""Who serves somebody: pure questions over missions whose arrangements were fetched (`Mission.objects.with_times()`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consular.lib import countries
from consular.missions.models import Arrangement, Mission
from consular.missions.status import FOR_CITIZENS, Service


class Why(StrEnum):
    """The reason of an answer."""

    AT_HOME = "at_home"  # Lives in our state: offices there serve them, not missions
    NOT_A_CITIZEN = "not_a_citizen"  # The service is for our own citizens
    ARRANGEMENT = "arrangement"
    RESIDENCE = "residence"  # The mission serves the country they live in
    EVERYONE_ELSE = "everyone_else"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Served:
    """The answer: `mission` does it, or none; `others` can be asked instead and are the nearest first."""

    why: Why
    mission: Mission | None = None
    arrangement: Arrangement | None = None
    others: tuple[Mission, ...] = ()


def who_serves(
    residence: str, nationality: str, service: str, *, missions: Iterable[Mission], home: str
) -> Served:
    """Answer who serves a person of `nationality` who lives in `residence` (three letters) with `service`.

    `home` is our own state. An arrangement for people (of a country or nationality) goes before the missions' own
    jurisdiction; one for a service alone goes after it, and the mission that takes everyone else comes last. With `nationality` '' only what holds for every nationality counts.
    """
    missions = sorted(missions, key=lambda each: each.code)
    others = tuple(nearest(residence, missions))
    if residence == home:
        return Served(Why.AT_HOME, others=others)
    if service in FOR_CITIZENS and nationality not in {home, ""}:
        return Served(Why.NOT_A_CITIZEN)
    where = countries.alpha2(residence)
    fitting = [each for each in _arrangements(missions) if each.covers(where, nationality, service)]
    able = [mission for mission in others if service in mission.services]
    return (
        _arranged([each for each in fitting if each.names_people], others)
        or _by_residence([mission for mission in able if _near(residence, mission)], others)
        or _arranged([each for each in fitting if not each.names_people], others)
        or _by_residence(able, others, Why.EVERYONE_ELSE)
        or Served(Why.NOBODY, others=others)
    )


def nearest(residence: str, missions: Iterable[Mission]) -> list[Mission]:
    """Return the missions that serve a country, then the one that serves everyone else."""
    missions = list(missions)
    near = [mission for mission in missions if _near(residence, mission)]
    return near + [mission for mission in missions if mission.serves_everyone_else and mission not in near]


def neighbours(mission: Mission, missions: Iterable[Mission]) -> list[Mission]:
    """Return the other missions of the people whom `mission` serves: those of their country first."""
    whom = countries_of(mission)
    others = [other for other in missions if other.pk != mission.pk]
    near = [other for other in others if whom & set(other.jurisdiction)]
    arranged = [other for other in others if whom & countries_of(other)]
    everyones = [other for other in others if other.serves_everyone_else]
    return list(dict.fromkeys([*near, *arranged, *everyones]))


def countries_of(mission: Mission) -> frozenset[str]:
    """Return the countries whose residents it serves, if only some of them or with some things (two letters)."""
    arranged = (country for each in mission.arrangements.all() for country in each.residences)
    return frozenset([*mission.jurisdiction, *arranged])


def services_for(nationality: str, *, home: str) -> list[Service]:
    """Return what a person of a nationality may come for."""
    return [each for each in Service if nationality == home or each not in FOR_CITIZENS]


def _near(residence: str, mission: Mission) -> bool:
    two = countries.alpha2(residence)
    return bool(two) and two in mission.jurisdiction


def _arrangements(missions: Iterable[Mission]) -> list[Arrangement]:
    return [arrangement for mission in missions for arrangement in mission.arrangements.all()]


def _arranged(fitting: list[Arrangement], others: tuple[Mission, ...]) -> Served | None:
    """Answer with the arrangement that names most; of two alike with the one of the first mission."""
    if not fitting:
        return None
    chosen = max(fitting, key=Arrangement.weight)
    return Served(Why.ARRANGEMENT, chosen.mission, chosen, _without(chosen.mission, others))


def _by_residence(
    able: list[Mission], others: tuple[Mission, ...], why: Why = Why.RESIDENCE
) -> Served | None:
    return Served(why, able[0], others=_without(able[0], others)) if able else None


def _without(mission: Mission, others: tuple[Mission, ...]) -> tuple[Mission, ...]:
    return tuple(other for other in others if other != mission)
