"""Home, a visa's page and the checker's answer, beside a bare view of stock Django on the same server."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from benchmarks.bench import Bench
from benchmarks.serving import Ask, Load, interleaved_loads
from benchmarks.table import Row

GOAL = 0.7


def run(bench: Bench) -> Iterator[Row]:
    bench.peer_session  # noqa: B018 - makes the peer's tables
    day = timezone.localdate() + timedelta(days=40)
    pages = {
        "home": "/en/",
        "home, Persian": "/fa/",
        "visa page": "/en/visas/tv/",
        "checker's answer": f"/en/visas/check/QNR/ordinary/tourism/14/{day}/",
    }
    count = bench.times(200)
    again = [Ask("/en/", headers={"If-None-Match": etag(bench)}, expect=304)] * count
    loads = [(bench.portal, [Ask(path)] * count) for path in pages.values()]
    bare, *found = interleaved_loads(
        bench.times(5), (bench.peer, [Ask("/")] * count), *loads, (bench.portal, again)
    )
    for name, load in zip((*pages, "home, unchanged (304)"), found, strict=True):
        yield share(f"public page: {name}", load, bare, GOAL)


def etag(bench: Bench) -> str:
    return bench.portal.ask(Ask("/en/")).headers["ETag"]


def share(operation: str, load: Load, bare: Load, goal: float | None, peer: str = "bare view") -> Row:
    """Return the row of a page: its share of the bare view's requests for the same CPU time."""
    return Row(operation, told(load), f"{peer}: {told(bare)}", bare.cpu / load.cpu, goal, more_is_better=True)


def told(load: Load) -> str:
    return f"{load.cpu:.2f} ms CPU, {load.rate:.0f}/s"
