"""Effects for tests with a real worker: they write down, in the file that PROBE_LOG names, what happens."""

import os
import time
from datetime import timedelta
from pathlib import Path

from consular.outbox.effects import effect


def note(line: str) -> None:
    with Path(os.environ["PROBE_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")


@effect("probe.quick", lease=timedelta(seconds=2))
def quick(*, number: int) -> None:
    note(f"done {number}")


@effect("probe.slow", lease=timedelta(seconds=2))
def slow(*, number: int) -> None:
    """Work that takes two seconds, longer than its lease."""
    note(f"begun {number}")
    time.sleep(3)
    note(f"done {number}")
