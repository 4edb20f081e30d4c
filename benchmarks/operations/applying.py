"""Saving one step, and what is done and left of 150 questions under 100 conditions, beside a bare form of Django."""

from collections.abc import Iterator
from typing import Any

from benchmarks.bench import Bench
from benchmarks.measuring import interleaved
from benchmarks.operations.public_pages import told
from benchmarks.operations.saving import NAMES, times
from benchmarks.serving import interleaved_loads
from benchmarks.table import Row

GOAL = 2
QUESTIONS, CONDITIONS, PER_PAGE = 150, 100, 3


def run(bench: Bench) -> Iterator[Row]:
    from tests.factories import applications

    draft = applications.answer(bench.draft(), applications.tourist())
    path, count = f"/en/apply/{draft.pk}/questions/names/", bench.times(100)
    form = {name.replace(".", "-"): value for name, value in NAMES.items()}
    form |= {"shown": " ".join(form)}
    bare, step = interleaved_loads(
        bench.times(5),
        (bench.peer, [bench.peer_form(1)] * count),
        (bench.portal, [bench.as_applicant(path, form, 302)] * count),
    )
    yield times("save one step", step, bare, GOAL)
    (listed,) = interleaved(bench.times(50), checklist())
    what = f"what is left of {QUESTIONS} questions under {CONDITIONS} conditions"
    yield Row(what, f"{listed.cpu:.1f} ms", f"form, 1 INSERT: {told(bare)}", listed.cpu / bare.cpu, GOAL)


def checklist() -> Any:
    """Return work that walks the whole questionnaire, tells how far each section is and what stands in the way."""
    from consular.questionnaires.filling import Entry, Filling
    from consular.questionnaires.schema import parse

    document = parse(content())
    entries = {name: Entry("yes" if place % 2 else "no") for place, name in enumerate(document.questions)}

    def work() -> None:
        filling = Filling(document, entries)
        for section in filling.sections():
            filling.progress(section)
        filling.open_pages()

    return work


def content() -> dict[str, Any]:
    """Return a questionnaire in JSON: every page but the first of a section follows on answers before it."""
    from tests.factories.questionnaires import page, question, questionnaire, section

    names = [f"q{number}" for number in range(QUESTIONS)]
    pages = []
    for place in range(0, QUESTIONS, PER_PAGE):
        asked = names[place : place + PER_PAGE]
        depends = place >= QUESTIONS - CONDITIONS
        when = {"any": [{"equals": [names[place - QUESTIONS + CONDITIONS], "yes"]}, {"answered": names[0]}]}
        pages.append(
            page(f"p{place}", *(question(each, **({"when": when} if depends else {})) for each in asked))
        )
    return questionnaire(
        *(section(f"s{place}", *pages[place : place + 5]) for place in range(0, len(pages), 5))
    )
