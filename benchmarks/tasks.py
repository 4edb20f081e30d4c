"""Work that is nothing, to time the way to it."""

import os
import time
from pathlib import Path

from celery import shared_task

from consular.outbox.effects import effect


@effect("benchmarks.effect")
def nothing_owed(*, number: int) -> None:
    """Do nothing, as an effect."""


@shared_task(name="benchmarks.bare")
def nothing(number: int) -> None:
    """Do nothing but leave a line that says so, as a bare Celery task."""
    with Path(os.environ["BENCH_LOG"]).open("a") as log:
        log.write(f"{time.time()}\n")
