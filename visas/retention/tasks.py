"""Thin: identifiers in, one action."""

from datetime import date
from typing import Any

from celery import shared_task

from consular.outbox.effects import effect
from visas.retention import actions


@shared_task(name="retention.owe_run")
def owe_run() -> None:
    """Every day: owe the day's look. A second beat on one day changes nothing."""
    actions.owe_run()


@effect("retention.run")
def run(*, on: str) -> None:
    actions.run(date.fromisoformat(on))


@effect("retention.erase", max_attempts=40)
def erase(*, on: str, kind: str, **subject: Any) -> None:
    actions.erase(kind=kind, on=date.fromisoformat(on), **subject)
