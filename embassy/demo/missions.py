"""The posts of Velmaris, from data/missions.toml."""

from collections.abc import Iterator
from typing import Any

from consular.missions.models import Arrangement, Closure, Holiday, Mission, OpeningHours, Season
from embassy.demo.rows import by_code, put_all, read

Row = dict[str, Any]
PARTS = ("hours", "season", "closure", "arrangement", "holidays")


def load() -> None:
    """Make the missions, their times and their arrangements what the file says."""
    file = read("missions")
    rows = file["mission"]
    missions = by_code(put_all(Mission, [_without_parts(row) for row in rows]))
    put_all(Season, _of(rows, missions, "season", drop=("hours",)), key=("mission", "starts_on"))
    put_all(OpeningHours, _hours(rows, missions), key=("mission", "season", "service", "weekday", "opens"))
    put_all(Holiday, _holidays(rows, missions, file["holiday"]), key=("mission", "on"))
    put_all(Closure, _of(rows, missions, "closure"), key=("mission", "starts_on"))
    arrangements = list(_of(rows, missions, "arrangement"))
    put_all(Arrangement, arrangements, key=("mission", "residences", "nationalities", "services"))


def _without_parts(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in PARTS}


def _of(rows: list[Row], missions: Row, part: str, *, drop: tuple[str, ...] = ()) -> Iterator[Row]:
    for row in rows:
        for each in row.get(part, ()):
            kept = {name: value for name, value in each.items() if name not in drop}
            yield {"mission": missions[row["code"]], **kept}


def _hours(rows: list[Row], missions: Row) -> Iterator[Row]:
    """Yield one row a weekday; the hours of a season name it."""
    seasons = {(each.mission_id, each.starts_on): each for each in Season.objects.all()}
    for row in rows:
        mission = missions[row["code"]]
        yield from _by_weekday(mission, None, row.get("hours", ()))
        for season in row.get("season", ()):
            yield from _by_weekday(mission, seasons[mission.pk, season["starts_on"]], season["hours"])


def _by_weekday(mission: Mission, season: Season | None, hours: Any) -> Iterator[Row]:
    for each in hours:
        for weekday in each["days"]:
            span = {"opens": each["opens"], "closes": each["closes"], "service": each.get("service", "")}
            yield {"mission": mission, "season": season, "weekday": weekday, **span}


def _holidays(rows: list[Row], missions: Row, names: Row) -> Iterator[Row]:
    for row in rows:
        for name, days in row["holidays"].items():
            for day in days:
                yield {"mission": missions[row["code"]], "on": day, "name": names[name]}
