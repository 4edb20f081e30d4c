"""What the clock does: the index follows the site within a minute, and old searches are forgotten."""

from celery import shared_task

from embassy.search import actions


@shared_task(name="search.refresh")
def refresh() -> None:
    actions.refresh()


@shared_task(name="search.forget_old_searches")
def forget_old_searches() -> None:
    actions.forget_old_searches()
