"""Thin: identifiers in, one action."""

from celery import shared_task

from consular.outbox.effects import effect
from visas.registry import actions


@shared_task(name="registry.owe_head")
def owe_head() -> None:
    """Every day: owe a head of the log. A second beat on one day changes nothing."""
    actions.owe_head()


@effect("registry.sign_head", max_attempts=40)
def sign_head(*, size: int) -> None:
    actions.sign_head(size)
