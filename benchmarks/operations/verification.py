"""Checking a printed code, beside stock Django reading one row and drawing a small template."""

import random
from collections.abc import Iterator

from benchmarks.bench import SEED, Bench, from_somebody
from benchmarks.operations.public_pages import share
from benchmarks.serving import Ask, interleaved_loads
from benchmarks.table import Row

GOAL = 0.5


def run(bench: Bench) -> Iterator[Row]:
    bench.peer_session  # noqa: B018 - makes the peer's tables
    rng, count, evisa = random.Random(SEED), bench.times(150), bench.evisa
    path = f"/en/verify/{evisa.number}/{evisa.check_token}/"
    asked = [Ask(path, headers=from_somebody(rng)) for _ in range(count)]
    rounds = bench.times(5)
    row, check = interleaved_loads(rounds, (bench.peer, [Ask("/row/")] * count), (bench.portal, asked))
    yield share("verification of a printed code", check, row, GOAL, peer="one row in a template")
