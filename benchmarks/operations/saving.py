"""Saving one page of the questionnaire, beside a stock form of as many fields that saves one row."""

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.operations.public_pages import told
from benchmarks.serving import Load, interleaved_loads
from benchmarks.table import Row

GOAL = 2
NAMES = {"name.surname": "AZAD", "name.given": "SHIRIN", "name.native": "شیرین آزاد"}


def run(bench: Bench) -> Iterator[Row]:
    from tests.factories import applications

    draft = applications.answer(bench.draft(), applications.tourist())
    path, count = f"/en/apply/{draft.pk}/questions/names/", bench.times(100)
    form = {name.replace(".", "-"): value for name, value in NAMES.items()}
    form |= {"shown": " ".join(form)}
    asks = [bench.as_applicant(path, form, 302)] * count
    bare, save, show = interleaved_loads(
        bench.times(5),
        (bench.peer, [bench.peer_form(1)] * count),
        (bench.portal, asks),
        (bench.portal, [bench.as_applicant(path)] * count),
    )
    yield times("save one page of 150 questions", save, bare, GOAL)
    yield times("show the page (for information)", show, bare, None)


def times(operation: str, load: Load, bare: Load, goal: float | None, peer: str = "form, 1 INSERT") -> Row:
    return Row(operation, told(load), f"{peer}: {told(bare)}", load.cpu / bare.cpu, goal)
