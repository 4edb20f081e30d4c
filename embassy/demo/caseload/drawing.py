"""Draw applications and write them as lines of COPY, a text for each table. Pure; speed is its purpose.

An application is a frozen sheet, a case, the application, its traveller and trip, and what happened to it. Open cases
have answers too, as many as an officer reads first; what was answered in closed ones is left out.
"""

import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from consular.lib.references import new_reference
from embassy.demo.caseload.facts import Facts, Name, Post, State

OPEN_SHARE = 0.12
STILL_OPEN = ("submitted",) * 4 + ("in_review",) * 3 + ("awaiting_applicant", "awaiting_decision")
CLOSED = ("approved",) * 7 + ("refused",) * 2 + ("withdrawn",)
UNCLAIMED = 0.7  # of the submitted
REFUSAL_AWAITED = 0.7  # of what waits for a second person
OLDEST, OLDEST_OPEN, DUE_AFTER = 1500, 20, 15  # days
TOO_OLD, TOO_YOUNG = 29_000, 1_000  # days of age
PASSPORT_YEARS = 3650
GROUNDS = ("purpose", "means", "return", "documents", "statements")
NULL = "\\N"

TABLES = {
    "questionnaires_answersheet": "id, revision_id, frozen_at, changed",
    "cases_case": "id, reference, kind, category, mission_id, applicant_id, name_latin, name_native, names_folded, "
    "nationality, birth_on, language, status, officer_id, claimed_at, opened_at, moved_at, due_on",
    "applications_visaapplication": "id, applicant_id, category, residence, mission_id, sheet_id, case_id, created_at, "
    "submitted_at, digest",
    "applications_traveller": "application_id, surname, given_names, name_native, birth_on, sex, nationality, "
    "passport_number, passport_issuer, passport_issued_on, passport_expires_on",
    "applications_trip": "application_id, purpose, arrives_on, leaves_on, entries, days",
    "cases_event": "case_id, at, from_status, to_status, by_id",
    "cases_recommendation": "case_id, outcome, grounds, conditions, reason, by_id, at, sent_back_reason",
    "cases_decision": "case_id, applicant_id, outcome, grounds, conditions, reason, recommended_by_id, "
    "recommended_outcome, decided_by_id, decided_at",
    "cases_request": "id, case_id, asked_by_id, asked_at, answer_by",
    "cases_requestitem": "request_id, text, purpose, state, answer",
    "questionnaires_answer": 'sheet_id, question, "row", value, typed, source, saved_at',
}


@dataclass
class Chunk:
    """Lines by table, in the order in which they are to be written; then the sheets `to_freeze` are frozen."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in TABLES})
    to_freeze: list[str] = field(default_factory=list)

    def text(self, table: str) -> str:
        return "".join(self.lines[table])


@dataclass(frozen=True)
class Part:
    """Some of a caseload: applications number `first` to `first + count`, whose cases have keys from `key` on."""

    first: int
    count: int
    key: int
    applicants: tuple[int, int]  # the first key, and how many


FREEZE = """
    UPDATE questionnaires_answersheet SET frozen_at = submitted_at
    FROM applications_visaapplication AS application
    WHERE sheet_id = questionnaires_answersheet.id AND sheet_id = ANY(%s::uuid[])
"""


def draw(facts: Facts, part: Part) -> Chunk:
    """Return the lines of a part: the same for the same seed, day and place in the caseload."""
    chunk = Chunk()
    pencil = Pencil(facts, random.Random(f"{facts.seed}/{part.first}"), chunk.to_freeze)
    adders = {table: lines.append for table, lines in chunk.lines.items()}
    for place in range(part.count):
        first, people = part.applicants
        pencil.application(adders, part.key + place, first + (part.first + place) % people)
    return chunk


Adders = dict[str, Callable[[str], None]]


class Pencil:
    """Draws one application after the other."""

    def __init__(self, facts: Facts, rng: random.Random, to_freeze: list[str]) -> None:
        self.facts, self.rng, self.chance, self.to_freeze = facts, rng, rng.random, to_freeze
        today = facts.now.date()
        self.day = [(today - dt.timedelta(days)).isoformat() for days in range(TOO_OLD + 1)]
        self.coming = [(today + dt.timedelta(days)).isoformat() for days in range(PASSPORT_YEARS + 200)]

    def of(self, *most: int) -> int:
        """Return a whole number below `most`, or from the first up to below the second; several times faster than randrange."""
        low, high = (0, most[0]) if len(most) == 1 else most
        return low + int(self.chance() * (high - low))

    def application(self, add: Adders, key: int, applicant: int) -> None:
        facts, of = self.facts, self.of
        state, post = facts.states[of(len(facts.states))], facts.posts[of(len(facts.posts))]
        is_open = self.chance() < OPEN_SHARE
        status = STILL_OPEN[of(len(STILL_OPEN))] if is_open else CLOSED[of(len(CLOSED))]
        if len(post.officers) == 1 and status in {"awaiting_decision", "refused"}:
            status = "in_review" if is_open else "approved"
        age = of(1, OLDEST_OPEN) if is_open else of(OLDEST_OPEN, OLDEST)
        sheet = f"{self.rng.getrandbits(128):032x}"
        opened = f"{self.day[age]} {of(24):02}:{of(60):02}:{of(60):02}+00"
        person = self.person(state)
        category = facts.categories[of(len(facts.categories))]
        officer = self.officer(post, status)
        add["questionnaires_answersheet"](f"{sheet}\t{facts.revision}\t{NULL if is_open else opened}\t{{}}\n")
        add["cases_case"](
            f"{key}\t{new_reference(self.one)}\tvisa\t{category}\t{post.key}\t{applicant}\t{person.case}\t{state.code}\t"
            f"{person.birth}\t{state.language}\t{status}\t{officer or NULL}\t{opened if officer else NULL}\t{opened}\t"
            f"{opened}\t{self.due(age)}\n"
        )
        add["applications_visaapplication"](
            f"{sheet}\t{applicant}\t{category}\t{state.code}\t{post.key}\t{sheet}\t{key}\t{opened}\t{opened}\t"
            f"{self.rng.getrandbits(256):064x}\n"
        )
        add["applications_traveller"](f"{sheet}\t{person.row}\n")
        add["applications_trip"](f"{sheet}\ttourism\t{self.trip(age)}\n")
        self.story(add, Drawn(key, applicant, status, officer, post, opened))
        if is_open:
            self.answers(add, sheet, opened, person, state)

    def due(self, age: int) -> str:
        return self.day[age - DUE_AFTER] if age >= DUE_AFTER else self.coming[DUE_AFTER - age]

    def trip(self, age: int) -> str:
        """Return arrival, departure, entries and days: some weeks after the application."""
        ahead, days = self.of(20, 90), self.of(2, 30)
        return f"{self.around(ahead - age)}\t{self.around(ahead - age + days - 1)}\t1\t{days}"

    def around(self, offset: int) -> str:
        return self.coming[offset] if offset >= 0 else self.day[-offset]

    def officer(self, post: Post, status: str) -> int | None:
        if status == "withdrawn" or (status == "submitted" and self.chance() < UNCLAIMED):
            return None
        return post.officers[self.of(len(post.officers))]

    def one(self, characters: str) -> str:
        return characters[self.of(len(characters))]

    def person(self, state: State) -> "Person":
        sex, given = state.given[self.of(len(state.given))]
        surname = state.surnames[self.of(len(state.surnames))]
        issued = self.of(1, PASSPORT_YEARS - 200)
        return Person(
            surname,
            given,
            sex,
            self.day[self.of(max(TOO_YOUNG, issued), TOO_OLD)],
            f"{state.letter}{self.of(1_000_000, 10_000_000)}",
            self.day[issued],
            self.coming[PASSPORT_YEARS - issued],
            state.code,
        )

    def story(self, add: Adders, case: "Drawn") -> None:
        """Write what happened: the opening, the claim, the question, the recommendation, the decision."""
        case.moved(add, "", "submitted", case.applicant)
        if case.status == "withdrawn":
            case.moved(add, "submitted", "withdrawn", case.applicant)
        if case.officer is None or case.status == "submitted":
            return
        case.moved(add, "submitted", "in_review", case.officer)
        if case.status == "awaiting_applicant":
            self.question(add, case)
        if case.status in {"awaiting_decision", "refused"}:
            self.recommendation(add, case)
        if case.status == "approved":
            case.approved(add)
        if case.status == "refused":
            self.refusal(add, case)

    def question(self, add: Adders, case: "Drawn") -> None:
        case.moved(add, "in_review", "awaiting_applicant", case.officer)
        until = self.coming[self.of(1, 20)]
        add["cases_request"](f"{case.key}\t{case.key}\t{case.officer}\t{case.at}\t{until}\n")
        add["cases_requestitem"](f"{case.key}\tPlease send a newer bank statement.\tmeans\topen\t\n")

    def recommendation(self, add: Adders, case: "Drawn") -> None:
        refuses = case.status == "refused" or self.chance() < REFUSAL_AWAITED
        said = f"refuse\t{{{self.ground()}}}" if refuses else "approve\t{}"
        case.moved(add, "in_review", "awaiting_decision", case.officer)
        add["cases_recommendation"](
            f"{case.key}\t{said}\t{{}}\tSee the documents.\t{case.officer}\t{case.at}\t\n"
        )

    def refusal(self, add: Adders, case: "Drawn") -> None:
        second = next(each for each in case.post.officers if each != case.officer)
        case.moved(add, "awaiting_decision", "refused", second)
        add["cases_decision"](
            f"{case.key}\t{case.applicant}\trefuse\t{{{self.ground()}}}\t{{}}\t\t{case.officer}\trefuse\t{second}\t"
            f"{case.at}\n"
        )

    def ground(self) -> str:
        return GROUNDS[self.of(len(GROUNDS))]

    def answers(self, add: Adders, sheet: str, at: str, person: "Person", state: State) -> None:
        append = add["questionnaires_answer"]
        self.to_freeze.append(sheet)
        for question, value in person.answers(state):
            append(f"{sheet}\t{question}\t0\t{value}\t{NULL}\ttyped\t{at}\n")


@dataclass(frozen=True)
class Drawn:
    """A case of which the story is to be told."""

    key: int
    applicant: int
    status: str
    officer: int | None
    post: Post
    at: str

    def moved(self, add: Adders, old: str, new: str, by: int | None) -> None:
        add["cases_event"](f"{self.key}\t{self.at}\t{old}\t{new}\t{by}\n")

    def approved(self, add: Adders) -> None:
        self.moved(add, "in_review", "approved", self.officer)
        add["cases_decision"](
            f"{self.key}\t{self.applicant}\tapprove\t{{}}\t{{}}\t\t{NULL}\t\t{self.officer}\t{self.at}\n"
        )


@dataclass(frozen=True)
class Person:
    """A traveller; dates in ISO form."""

    surname: Name
    given: Name
    sex: str
    birth: str
    passport: str
    issued: str
    expires: str
    state: str

    @property
    def native(self) -> str:
        return f"{self.given.native} {self.surname.native}" if self.surname.native else ""

    @property
    def case(self) -> str:
        """Both names and both as they are searched for, as the case has them."""
        latin = f"{self.surname.latin_folded} {self.given.latin_folded}"
        native = f" {self.given.native_folded} {self.surname.native_folded}" if self.native else ""
        return f"{self.surname.latin} {self.given.latin}\t{self.native}\t{latin}{native}"

    @property
    def row(self) -> str:
        return (
            f"{self.surname.latin}\t{self.given.latin}\t{self.native}\t{self.birth}\t{self.sex}\t{self.state}\t"
            f"{self.passport}\t{self.state}\t{self.issued}\t{self.expires}"
        )

    def answers(self, state: State) -> list[tuple[str, str]]:
        """Return (question, answer in JSON) of what an officer reads first."""
        said = {
            "name.surname": self.surname.latin,
            "name.given": self.given.latin,
            "name.native": self.native or None,
            "birth.on": self.birth,
            "birth.place": state.city,
            "birth.country": state.code,
            "person.sex": self.sex,
            "nationality.current": state.code,
            "nationality.has_others": False,
            "passport.type": "ordinary",
            "passport.number": self.passport,
            "passport.issuer": state.code,
            "passport.issued_on": self.issued,
            "passport.expires_on": self.expires,
            "trip.purpose": "tourism",
            "work.occupation": "retired",
        }
        return [(name, _in_copy(value)) for name, value in said.items()]


def _in_copy(value: object) -> str:
    """Return JSON as a field of COPY; NULL for None."""
    return NULL if value is None else json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
