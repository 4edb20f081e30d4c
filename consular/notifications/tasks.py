"""Work that Celery does for messages."""

from datetime import timedelta

from celery import shared_task

from consular.notifications import actions
from consular.outbox.effects import effect


# A mail server may be away for hours: 60 attempts are about five. Codes are awaited: short lease, urgent.
@effect("notifications.deliver", lease=timedelta(seconds=30), max_attempts=60, urgent=True)
def deliver(*, delivery_id: int) -> None:
    actions.deliver(delivery_id)


@shared_task(name="notifications.forget_account_mail")
def forget_account_mail() -> None:
    """Every day: delete old e-mails about signing in. A second beat changes nothing."""
    actions.forget_account_mail()
