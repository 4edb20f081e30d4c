"""Twenty officers ask for the next case at once, beside the claim alone: one SELECT … SKIP LOCKED and one UPDATE."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from benchmarks.bench import Bench
from benchmarks.table import Row

GOAL = 3
OFFICERS, EACH, ROUNDS = 20, 4, 3
LOCK = """
    SELECT id FROM cases_case
    WHERE officer_id IS NULL AND status IN ('submitted', 'in_review')
    ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
TAKE = "UPDATE cases_case SET officer_id = %s, claimed_at = now(), status = 'in_review' WHERE id = %s"


def run(bench: Bench) -> Iterator[Row]:
    from consular.cases.actions import next_case

    def ours(officer: Any) -> int:
        case = next_case(by=officer)
        if case is None:
            raise LookupError("no case is left")
        return int(case.pk)

    found = [(at_once(bench, ours), at_once(bench, bare)) for _ in range(ROUNDS)]
    ours_median = sorted(one[0] for one in found)[ROUNDS // 2]
    bare_median = sorted(one[1] for one in found)[ROUNDS // 2]
    yield Row(
        f"next case, {OFFICERS} officers at once", f"{ours_median:.1f} ms a claim, none twice",
        f"SELECT and UPDATE: {bare_median:.1f} ms", ours_median / bare_median, GOAL,
    )  # fmt: skip


@transaction.atomic
def bare(officer: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        (case,) = cursor.fetchone()
        cursor.execute(TAKE, [officer.pk, case])
    return int(case)


def at_once(bench: Bench, claim: Callable[[Any], int]) -> float:
    """Return milliseconds a claim by the clock; raises if a case was claimed twice or an officer failed."""
    claimed: list[int] = []
    failures: list[BaseException] = []
    start = threading.Barrier(OFFICERS + 1)
    threads = [
        threading.Thread(target=work, args=(officer, claim, start, claimed, failures))
        for officer in bench.officers
    ]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - begun
    if failures or len(set(claimed)) != OFFICERS * EACH:
        raise RuntimeError(f"{len(set(claimed))} different cases in {len(claimed)} claims; {failures[:1]}")
    give_back(claimed)
    return taken * 1000 / len(claimed)


def give_back(claimed: list[int]) -> None:
    """Let these cases be as they were, for the next round."""
    from consular.cases.models import Case

    Case.objects.filter(pk__in=claimed).update(officer=None, claimed_at=None, status="submitted")


def work(
    officer: Any,
    claim: Callable[[Any], int],
    start: threading.Barrier,
    claimed: list[int],
    failures: list[BaseException],
) -> None:
    try:
        connection.ensure_connection()
        start.wait()
        claimed.extend([claim(officer) for _ in range(EACH)])
    except BaseException as error:  # noqa: BLE001 - told by the thread that waits
        failures.append(error)
    finally:
        connection.close()
