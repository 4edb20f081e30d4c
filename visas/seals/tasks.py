"""Thin: one action."""

from celery import shared_task

from visas.seals import actions


@shared_task(name="seals.rotate")
def rotate() -> None:
    actions.rotate()
