"""Work that Celery does for alerts."""

from datetime import timedelta

from celery import shared_task

from consular.outbox.effects import effect
from embassy.alerts import actions


# Somebody waits for this letter, as for a code; a mail server may be away for hours
@effect("alerts.invite", lease=timedelta(seconds=30), max_attempts=60, urgent=True)
def invite(*, subscriber_id: int, language: str) -> None:
    actions.invite(subscriber_id, language)


@effect("alerts.gather", lease=timedelta(seconds=30), max_attempts=60)
def gather(*, sending_id: int, run: int) -> None:
    actions.gather(sending_id, run)


# A mail server that is away does not make a batch fail: the next batch waits for it
@effect("alerts.send", lease=timedelta(seconds=15), max_attempts=60)
def send(*, sending_id: int, batch: str) -> None:
    actions.drive(sending_id, batch)


@shared_task(name="alerts.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """Every day: erase the addresses that nobody confirmed. A second beat changes nothing."""
    actions.forget_unconfirmed()
