"""Cases by COPY: names, states and days drawn by a seed, 5 % of them open."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from consular.accounts.models import User
from consular.cases.status import CLAIMABLE, Status
from consular.lib.folding import fold
from consular.lib.references import new_reference
from consular.missions.models import Mission
from embassy.demo.caseload.gathering import SYLLABLES

OPEN_SHARE = 0.05
LETTERS = "ابپتجچدرزسشفقکگلمنوهی"
COLUMNS = (
    "reference", "kind", "category", "mission_id", "applicant_id", "name_latin", "name_native", "names_folded",
    "nationality", "birth_on", "language", "status", "officer_id", "claimed_at", "opened_at", "moved_at", "due_on",
)  # fmt: skip
CLOSED = (Status.APPROVED,) * 7 + (Status.REFUSED,) * 2 + (Status.WITHDRAWN,)
STILL_OPEN = (
    (Status.SUBMITTED,) * 4 + (Status.IN_REVIEW,) * 3 + (Status.AWAITING_APPLICANT, Status.AWAITING_DECISION)
)


def add_cases(count: int, *, seed: int, officers: list[User]) -> list[str]:
    """Write `count` cases, spread over all missions, and return their references."""
    rng = random.Random(seed)
    rows = list(case_rows(count, rng, officers))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f"COPY cases_case ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("VACUUM ANALYZE cases_case")
        cursor.execute("RESET statement_timeout")
    return [row[0] for row in rows]


def case_rows(count: int, rng: random.Random, officers: list[User]) -> Iterator[tuple]:  # type: ignore[type-arg]
    missions = list(Mission.objects.values_list("pk", flat=True))
    applicants = list(User.objects.filter(is_staff=False).values_list("pk", flat=True))
    latin = words(rng, SYLLABLES, 3000, (2, 4))
    native = words(rng, LETTERS, 3000, (3, 7))
    folded = {word: fold(word) for word in (*latin, *native)}
    now, today = timezone.now(), timezone.localdate()
    for _ in range(count):
        names = [rng.choice(latin).upper(), rng.choice(latin).upper(), rng.choice(native), rng.choice(native)]
        is_open = rng.random() < OPEN_SHARE
        status = rng.choice(STILL_OPEN if is_open else CLOSED)
        officer = None if status in CLAIMABLE and rng.random() < 0.7 else rng.choice(officers).pk
        opened = now - timedelta(days=rng.randrange(1, 15 if is_open else 1500), seconds=rng.randrange(86400))
        yield (
            new_reference(rng.choice), "visa", rng.choice(("TV", "BV", "TR")), rng.choice(missions), rng.choice(applicants),
            f"{names[0]} {names[1]}", f"{names[2]} {names[3]}", " ".join(folded.get(n) or folded[n.lower()] for n in names),
            "QNR", today - timedelta(days=rng.randrange(7000, 25000)), "en", status, officer, officer and opened,
            opened, opened, (opened + timedelta(days=14)).date(),
        )  # fmt: skip


def words(rng: random.Random, parts: str | tuple[str, ...], count: int, length: tuple[int, int]) -> list[str]:
    return ["".join(rng.choices(parts, k=rng.randint(*length))) for _ in range(count)]
