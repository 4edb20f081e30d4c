"""From work owed to work done, through dispatcher, broker and worker, beside a bare Celery task; then calmly."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction

from benchmarks.bench import Bench
from benchmarks.measuring import percentile
from benchmarks.table import Row

GOAL, CALM_SECONDS = 0.5, 1.0  # reliability.md, G3
MANY, CALM, PAUSE = 400, 60, 0.1
WORKER = [
    "-m",
    "celery",
    "-A",
    "embassy",
    "worker",
    "-c",
    "2",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
]


def run(bench: Bench) -> Iterator[Row]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(program(bench, "worker", [*WORKER, "-l", "ERROR"]))
        stack.enter_context(program(bench, "dispatcher", ["manage.py", "dispatch"]))
        through_effects(1), through_celery(1)  # both have started
        count = bench.times(MANY)
        found = [(through_effects(count), through_celery(count)) for _ in range(bench.times(3))]
        ours, bare = (sorted(one[place] for one in found)[len(found) // 2] for place in (0, 1))
        yield Row(
            "effects: rate",
            f"{ours:.0f}/s, owed to done",
            f"bare Celery task: {bare:.0f}/s",
            ours / bare,
            GOAL,
            more_is_better=True,
        )
        yield calm(bench)


@contextlib.contextmanager
def program(bench: Bench, name: str, arguments: list[str]) -> Iterator[None]:
    with (bench.scratch / f"{name}.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, *arguments], stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(40)


def through_effects(count: int) -> float:
    """Owe so many effects, a transaction each, and return how many were done a second."""
    from consular.outbox.models import Effect

    keys = [f"bench:{time.time_ns()}:{number}" for number in range(count)]
    begun = time.time()
    for number, key in enumerate(keys):
        owe_one(key, number)
    done = Effect.objects.filter(key__in=keys, status=Effect.Status.DONE)
    wait_until(lambda: done.count() == count)
    return count / (done.latest("done_at").done_at.timestamp() - begun)


@transaction.atomic
def owe_one(key: str, number: int) -> None:
    from consular.outbox.actions import owe

    owe("benchmarks.effect", key, number=number)


def through_celery(count: int) -> float:
    """Publish so many bare tasks, and return how many were done a second."""
    from benchmarks.tasks import nothing

    log = Path(os.environ["BENCH_LOG"])
    log.write_text("")
    begun = time.time()
    for number in range(count):
        nothing.delay(number)
    wait_until(lambda: log.read_text().count("\n") >= count)
    return count / (max(map(float, log.read_text().split())) - begun)


def wait_until(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + 120
    while not done():
        if time.monotonic() > limit:
            raise RuntimeError("the worker does not come to an end")
        time.sleep(0.05)


def calm(bench: Bench) -> Row:
    """Owe one effect after the other, with pauses, and tell how long each waited to be done."""
    from consular.outbox.models import Effect

    keys = [f"bench:calm:{time.time_ns()}:{number}" for number in range(bench.times(CALM))]
    for number, key in enumerate(keys):
        owe_one(key, number)
        time.sleep(PAUSE)
    owed = Effect.objects.filter(key__in=keys)
    wait_until(lambda: owed.filter(status=Effect.Status.DONE).count() == len(keys))
    waits = [(each.done_at - each.created_at).total_seconds() for each in owed]
    last = percentile(waits, 0.99)
    told = f"p50 {percentile(waits, 0.5) * 1000:.0f} ms, p99 {last * 1000:.0f} ms"
    return Row("effects: delay when calm", told, f"limit {CALM_SECONDS:.0f} s", last / CALM_SECONDS, 1)
