"""Thin: a day in, one action."""

from datetime import date

from celery import shared_task

from consular.outbox.effects import effect
from embassy.times import actions


@effect("times.measure")
def measure(*, until: str) -> None:
    actions.measure(date.fromisoformat(until))


@shared_task(name="times.owe_measurement")
def owe_measurement() -> None:
    """Every week: owe a measurement. A second beat on one day changes nothing."""
    actions.owe_measurement()
