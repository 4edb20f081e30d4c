"""Who applied in the demonstration, for what, and what came of it: data/casework.toml as objects. Pure.

In the file, the answer to a question about a date may be a number: days from the day of loading. An empty list is a
question that was left empty.
"""

import datetime as dt
import random
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from consular.lib.references import new_reference
from consular.questionnaires.schema import Question, parse
from consular.questionnaires.status import Type
from embassy.demo import questionnaire
from embassy.demo.rows import read

SPACE = uuid.UUID("5d1f0c3e-7c1a-4b0e-9d7c-0e7a5c1f3b52")
ZONE = ZoneInfo("Etc/GMT-3")  # The file's clock: that of the virtual embassy

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Traveller:
    """A person with an account, who lives in `residence` (three letters) and answers the same in every application.

    Who `has_statement` of a bank shows it; others show what their work pays. `page` has what their passport says otherwise than they do, by the arguments of `specimens.passport_page`.
    """

    email: str
    name: str
    language: str
    residence: str
    answers: Table
    page: Table
    has_statement: bool


@dataclass(frozen=True)
class Step:
    """What somebody does at a moment: an act of `embassy.demo.telling` with its values. `by` is the e-mail address of staff; '' is the applicant, or the portal."""

    moment: dt.datetime
    act: str
    by: str
    values: Table


@dataclass(frozen=True)
class Story:
    """One application from its first answer on.

    `late` are the purposes whose files are examined after the application was submitted, `locked` those whose
    files nobody can open. A story `until` a section stops before it and stays a draft.
    """

    name: str
    traveller: Traveller
    category: str
    began_on: dt.date
    answers: Table
    steps: tuple[Step, ...]
    late: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    until: str = ""

    @property
    def application_id(self) -> uuid.UUID:
        return application_id(self.name)

    @property
    def reference(self) -> str:
        return reference(self.name)


def application_id(story: str) -> uuid.UUID:
    """Return the key that a story's application has in every demonstration."""
    return uuid.uuid5(SPACE, story)


def reference(story: str) -> str:
    """Return the reference that a story's case has in every demonstration."""
    rng = random.Random(f"reference of {story}")
    return new_reference(lambda characters: rng.choices(characters)[0])


def told(today: dt.date) -> Iterator[Story]:
    """Yield the stories that the file tells, as seen from `today`."""
    file = read("casework")
    travellers = {row["email"]: row for row in file["traveller"]}
    for row in file["story"]:
        yield story(row, travellers[row["traveller"]], file["answers"], today)


def story(row: Table, person: Table, sets: Mapping[str, Table], today: dt.date) -> Story:
    """Return the story of a row; `sets` are answers that many give, by name: those of `with` and of `everybody`."""
    began_on = today - dt.timedelta(row["began"])
    known = traveller(person, today)
    shared = [sets[name] for name in ("everybody", *row.get("with", ()))]
    answers = {**known.answers, **_merged(shared, today), **dated(flat(row.get("answers", {})), today)}
    return Story(
        name=row["name"],
        traveller=known,
        category=row["category"],
        began_on=began_on,
        answers=answers,
        steps=tuple(step(each, began_on, today) for each in row["steps"]),
        late=frozenset(row.get("late", ())),
        locked=frozenset(row.get("locked", ())),
        until=row.get("until", ""),
    )


def traveller(row: Table, today: dt.date) -> Traveller:
    answers = dated(flat(row["answers"]), today) | {"contact.email": row["email"]}
    return Traveller(
        email=row["email"],
        name=row["name"],
        language=row["language"],
        residence=row.get("residence", answers["nationality.current"]),
        answers=answers,
        page=with_days(row.get("page", {}), today, {"expiry"}),
        has_statement=row.get("has_statement", False),
    )


def _merged(sets: list[Table], today: dt.date) -> dict[str, Any]:
    return {name: value for each in sets for name, value in dated(flat(each), today).items()}


def step(row: Table, began_on: dt.date, today: dt.date) -> Step:
    """Return a step that happens `after` days from the beginning, `at` a time of the embassy's clock."""
    rest = {name: value for name, value in row.items() if name not in {"after", "at", "do", "by"}}
    values = with_days(rest, today, {"valid_from", "valid_until"})
    day = began_on + dt.timedelta(row.get("after", 0))
    return Step(dt.datetime.combine(day, row["at"], ZONE), row["do"], row.get("by", ""), values)


def flat(table: Table, prefix: str = "") -> dict[str, Any]:
    """Return nested tables as one: {"name": {"surname": …}} becomes {"name.surname": …}; an empty list becomes None.

    What is the answer to a question stays as it is, such as an amount of money.
    """
    found: dict[str, Any] = {}
    for name, value in table.items():
        within = isinstance(value, dict) and f"{prefix}{name}" not in questions()
        found |= (
            flat(value, f"{prefix}{name}.") if within else {f"{prefix}{name}": None if value == [] else value}
        )
    return found


def dated(answers: Table, today: dt.date) -> dict[str, Any]:
    dates = {name for name, question in questions().items() if question.type == Type.DATE}
    return with_days(answers, today, dates)


def with_days(table: Table, today: dt.date, dates: Collection[str]) -> dict[str, Any]:
    """Return the table with a date for each number that stands where one belongs."""
    return {
        name: today + dt.timedelta(value) if name in dates and isinstance(value, int) else value
        for name, value in table.items()
    }


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions of the questionnaire by id."""
    return parse(questionnaire.content()).questions
