"""Sample papers for whoever tries the demonstration: a person to be, and what her telephone would photograph."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from embassy.demo import specimen_papers, specimens


@dataclass(frozen=True)
class Person:
    """What to type into the form so that it agrees with the passport; `code` stands in the address."""

    code: str
    surname: str
    given_names: str
    number: str
    state: str
    sex: str
    birth_on: dt.date
    issued_on: dt.date
    expires_on: dt.date


PEOPLE = (
    Person("shirin", "AZAD", "SHIRIN", "N4821907", "QNR", "F", dt.date(2001, 4, 3), dt.date(2024, 6, 10), dt.date(2034, 6, 9)),
    Person("omid", "KARVAN", "OMID REZA", "N7730154", "QNR", "M", dt.date(1988, 11, 21), dt.date(2023, 2, 1), dt.date(2033, 1, 31)),
    Person("nia", "NIA", "", "U0093415", "UTO", "F", dt.date(1995, 1, 30), dt.date(2022, 9, 15), dt.date(2032, 9, 14)),
)  # fmt: skip


def jpeg(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def passport(person: Person) -> bytes:
    page = specimens.passport_page(
        surname=person.surname,
        given_names=person.given_names,
        number=person.number,
        birth=person.birth_on,
        issued=person.issued_on,
        expiry=person.expires_on,
        sex=person.sex,
        state=person.state,
    )
    return jpeg(page)


def photo(person: Person) -> bytes:
    return jpeg(specimens.photo(f"{person.surname}{person.given_names}{person.number}"))


def statement(person: Person) -> bytes:
    return specimen_papers.bank_statement_pdf(
        f"{person.given_names} {person.surname}".strip(), until=dt.date(2026, 11, 1), seed=person.code
    )


def itinerary(person: Person) -> bytes:
    return specimen_papers.letter_pdf(
        "Travel plan",
        [
            "Ten days in Velmaris: the harbour, the gardens, the Lantern Festival.",
            "Hotel Lantern, 2 Quay, Velmar",
        ],
    )


FILES: dict[str, Callable[[Person], bytes]] = {
    "passport.jpg": passport,
    "photo.jpg": photo,
    "bank-statement.pdf": statement,
    "travel-plan.pdf": itinerary,
}


@lru_cache(maxsize=16)
def draw(code: str, name: str) -> bytes:
    """Return one file of one person; KeyError when there is no such person or file."""
    person = {each.code: each for each in PEOPLE}[code]
    return FILES[name](person)
