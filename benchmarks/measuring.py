"""Times as medians of interleaved repetitions: what else the machine does meets all alike."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Time:
    """Milliseconds: `wall` by the clock, `cpu` of this process and of children that have ended."""

    wall: float
    cpu: float


def timed(work: Callable[[], Any]) -> Time:
    wall, cpu = time.perf_counter(), cpu_seconds()
    work()
    return Time((time.perf_counter() - wall) * 1000, (cpu_seconds() - cpu) * 1000)


def cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def interleaved(repetitions: int, *works: Callable[[], Any]) -> list[Time]:
    """Run all works in turn, so many times after one that does not count; return each one's median."""
    for work in works:
        work()
    rounds = [[timed(work) for work in works] for _ in range(repetitions)]
    return [median([one[place] for one in rounds]) for place in range(len(works))]


def median(times: list[Time]) -> Time:
    return Time(statistics.median(t.wall for t in times), statistics.median(t.cpu for t in times))


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
