"""Thin tasks: ids in, fetch, one action."""

from celery import shared_task

from consular.outbox.effects import effect
from visas.applications.actions.end_mandate import owe_words_about_ends, tell_of_end
from visas.applications.models import Mandate


@effect("mandates.tell")
def tell(*, mandate_id: str, what: str) -> None:
    """Write to both sides about the end of their mandate; one that was deleted meanwhile ended with its draft."""
    mandate = Mandate.objects.select_related("given_by", "holder").filter(pk=mandate_id).first()
    if mandate:
        tell_of_end(mandate, what)


@shared_task(name="mandates.owe_words_about_ends")
def owe_words() -> None:
    """Every hour: owe the messages about mandates that run out. A second beat changes nothing."""
    owe_words_about_ends()
