"""Looking a status up: the question, and the page that is asked for again; and whether more cases matter."""

import random
from collections.abc import Iterator
from typing import Any

from django.test import Client

from benchmarks.bench import SEED, Bench, cookies, from_somebody, with_token
from benchmarks.databases import MANY, PORTAL, looking_at
from benchmarks.measuring import interleaved
from benchmarks.operations.public_pages import share
from benchmarks.serving import Ask, interleaved_loads
from benchmarks.table import Row

GOAL, CONSTANT = 0.5, 1.2


def run(bench: Bench) -> Iterator[Row]:
    from consular.cases.models import Case

    bench.peer_session  # noqa: B018 - makes the peer's tables
    rng, count = random.Random(SEED), bench.times(150)
    case = a_case(bench)
    first = Ask("/en/status/", with_token(question(case)), {**cookies(), **from_somebody(rng)}, 302)
    session = bench.portal.ask(first).headers["Set-Cookie"].split("sid=")[1].split(";")[0]
    shown = [Ask(f"/en/status/{case.reference}/", headers=cookies(sid=session))] * count
    asked = [
        Ask(first.path, with_token(question(each)), {**cookies(), **from_somebody(rng)}, 302)
        for each in Case.objects.order_by("pk")[:count]  # many cases: five tries of one at a time are allowed
    ]
    bare, look, page = interleaved_loads(
        bench.times(5), (bench.peer, [Ask("/")] * count), (bench.portal, asked), (bench.portal, shown)
    )
    yield share("status: reference and date (POST)", look, bare, GOAL)
    yield share("status: the page, asked again", page, bare, GOAL)
    yield from constancy(bench, case)


def a_case(bench: Bench) -> Any:
    from consular.cases.models import Case

    return Case.objects.get(reference=bench.references[17])


def question(case: Any) -> dict[str, str]:
    born = case.birth_on
    parts = {"birth_on_day": born.day, "birth_on_month": born.month, "birth_on_year": born.year}
    return {
        "reference": case.reference,
        "birth_on_calendar": "gregorian",
        **{k: str(v) for k, v in parts.items()},
    }


def constancy(bench: Bench, case: Any) -> Iterator[Row]:
    """Ask in this process, of ten thousand cases and of many."""
    rng = random.Random(SEED + 1)

    def look() -> None:
        client = Client(headers={"X-Forwarded-For": from_somebody(rng)["X-Forwarded-For"]})
        if client.post("/en/status/", question(case)).status_code != 302:
            raise RuntimeError("not found")

    def among_many() -> None:
        with looking_at(MANY):
            look()

    def among_few() -> None:
        with looking_at(PORTAL):
            look()

    few, many = interleaved(bench.times(20), among_few, among_many)
    yield Row(
        "status: does the number of cases matter?",
        f"{bench.many:,} cases: {many.wall:.1f} ms", f"10,000 cases: {few.wall:.1f} ms", many.wall / few.wall, CONSTANT,
    )  # fmt: skip
