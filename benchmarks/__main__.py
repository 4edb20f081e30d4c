"""`python -m benchmarks [--only NAME …] [--large] [--quick]`: run the operations and print their table."""

import argparse
import contextlib
import importlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.table import Row

OPERATIONS = (
    "public_pages", "status", "verification", "saving", "submitting", "queues", "next_case", "documents",
    "passports", "photos", "evisas", "weights", "effects", "lighthouse", "search", "alerts", "applying", "vault",
    "seals",
)  # fmt: skip
NEED_MANY = {"status", "queues"}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=OPERATIONS, default=OPERATIONS, metavar="NAME",
                        help=", ".join(OPERATIONS))  # fmt: skip
    parser.add_argument("--large", action="store_true", help="a million cases instead of a hundred thousand")
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the repetitions: does everything run?"
    )
    return parser.parse_args()


@contextlib.contextmanager
def own_directory() -> Iterator[Path]:
    """Give the benchmarks files of their own, and take the portal's settings for none of theirs."""
    with tempfile.TemporaryDirectory(prefix="embassy-bench-") as name:
        os.environ["PORTAL_DATA_DIR"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        os.environ["BENCH_LOG"] = f"{name}/bare.log"
        yield Path(name)


def rows_of(name: str, bench: Any) -> "list[Row]":
    """Run an operation; one that fails has a row that says so, and the others are measured all the same."""
    from benchmarks.table import Row

    try:
        return list(importlib.import_module(f"benchmarks.operations.{name}").run(bench))
    except Exception as error:  # noqa: BLE001 - shown in full
        traceback.print_exc()
        return [Row(name, f"FAILED: {type(error).__name__}", "", 0, 1, more_is_better=True)]


def run(chosen: argparse.Namespace, scratch: Path) -> None:
    import django

    django.setup()
    from benchmarks.bench import LARGE, MANY_CASES, Bench
    from benchmarks.table import Row, table

    rows: list[Row] = []
    with contextlib.ExitStack() as stack:
        bench = Bench(scratch, stack, many=LARGE if chosen.large else MANY_CASES, quick=chosen.quick)
        with telling("databases"):
            bench.prepare(with_many=bool(NEED_MANY & set(chosen.only)))
        for name in chosen.only:
            with telling(name):
                rows += rows_of(name, bench)
    print(f"\n{table(rows)}\n", flush=True)
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; missed: {sum(r.is_met is False for r in rows)}"
    )


@contextlib.contextmanager
def telling(name: str) -> Iterator[None]:
    print(f"  {name} ... ", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:.1f} s", file=sys.stderr)


def main() -> None:
    from benchmarks.databases import close_kept, databases

    chosen = arguments()
    with own_directory() as scratch, databases(os.environ["PORTAL_DATABASE_URL"]):
        try:
            run(chosen, scratch)
        finally:
            from django.db import connections

            connections.close_all()
            close_kept()


if __name__ == "__main__":
    main()
