"""Work that Celery does for accounts."""

from celery import shared_task

from consular.accounts import actions


@shared_task(name="accounts.forget_ended_sessions")
def forget_ended_sessions() -> None:
    """Every hour: delete sessions that have ended. A second beat changes nothing."""
    actions.forget_ended_sessions()
