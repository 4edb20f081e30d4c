"""Many more stories for a full bench, drawn from data/crowd.toml: the same every time on the same day. Pure."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from embassy.demo.rows import read
from embassy.demo.stories import Story, Table, story

DAY = dt.date(2000, 1, 1)  # any: only the time of a day is moved


def crowd(today: dt.date) -> Iterator[Story]:
    """Yield the crowd's stories, as seen from `today`."""
    rng, stuff = random.Random("a crowd in Velmaris"), read("crowd")
    plots = [plot for plot in stuff["plot"] for _ in range(plot["count"])]
    states = [state for state in stuff["state"] for _ in range(state["of"])]
    answers = read("casework")["answers"]
    for number, plot in enumerate(plots):
        person = traveller(number, rng.choice(states), stuff, rng)
        row = application(number, plot, stuff, rng)
        yield story(in_language(row, person["language"]), person, answers, today)


def traveller(number: int, state: Table, stuff: Table, rng: random.Random) -> dict[str, Any]:
    """Return a person as casework.toml writes one down."""
    sex = rng.choice("FM")
    surname, given = rng.choice(state["surnames"]), rng.choice(state["women" if sex == "F" else "men"])
    issued = rng.randint(-2500, -100)
    native = {"native": f"{given[1]} {surname[1]}"} if surname[1:] else {}
    return {
        "email": f"{given[0]}.{surname[0]}.{number}@example.org".lower(),
        "name": f"{given[0]} {surname[0]}".title(),
        "language": state["language"],
        "answers": {
            "name": {"surname": surname[0], "given": given[0], **native},
            "birth": {"on": dt.date(rng.randint(1950, 2004), rng.randint(1, 12), rng.randint(1, 28)),
                      "place": state["city"], "country": state["code"]},
            "person": {"sex": sex, "civil": rng.choice(("single", "married", "divorced", "widowed"))},
            "nationality": {"current": state["code"]},
            "passport": {"number": f"{state['letter']}{rng.randint(1000000, 9999999)}", "issuer": state["code"],
                         "issued_on": issued, "expires_on": issued + 3650},
            "contact": {"address": f"{rng.randint(1, 90)} {rng.choice(stuff['streets'])}\n{state['city']}",
                        "phone": f"+441632960{rng.randint(0, 999):03d}"},
            **rng.choice(stuff["work"]),
        },
    }  # fmt: skip


def application(number: int, plot: Table, stuff: Table, rng: random.Random) -> dict[str, Any]:
    """Return a story as casework.toml writes one down."""
    began, category = rng.randint(*plot["began"]), plot.get("category", "TV")
    arrives = rng.randint(25, 70) - began
    nights = 1 if category == "TR" else rng.randint(4, 25)
    row = {
        "name": f"{plot['name']} {number}",
        "category": category,
        "began": began,
        "with": ["passing" if category == "TR" else rng.choice(stuff["purposes"])],
        "answers": {"trip": {"arrives_on": arrives, "leaves_on": arrives + nights}},
        "steps": list(steps(plot, stuff["staff"], rng)),
    }
    return row | ({"until": rng.choice(stuff["drafts_end_at"])} if plot.get("draft") else {})


def steps(plot: Table, staff: list[str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the plot's steps with people for its parts, some minutes later than it says."""
    parts = dict(zip(("holder", "second"), rng.sample(staff, 2), strict=True))
    late = dt.timedelta(minutes=rng.randint(0, 50))
    for step in plot["steps"]:
        moved = {**step, "at": (dt.datetime.combine(DAY, step["at"]) + late).time()}
        yield moved | ({"by": parts[step["by"]]} if "by" in step else {})


def in_language(value: Any, language: str) -> Any:
    """Return the value with one text in place of every table of texts by language."""
    if isinstance(value, dict):
        if "en" in value:
            return value.get(language, value["en"])
        return {name: in_language(each, language) for name, each in value.items()}
    return [in_language(each, language) for each in value] if isinstance(value, list) else value
