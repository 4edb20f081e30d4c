"""Subscribe, confirm, choose, unsubscribe: without an account, by letters to the address itself."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.notifications.actions.deliver import is_final, letter, sheet
from consular.notifications.actions.post import header_id
from consular.notifications.models import Message
from consular.notifications.rendering import render
from consular.outbox.actions import owe
from embassy.alerts import secrecy
from embassy.alerts.models import Subscriber
from embassy.alerts.refusals import has_no_mailbox

UNCONFIRMED_KEPT_FOR = timedelta(days=7)
CHOICES = ("language", "countries", "kinds")


@transaction.atomic
def subscribe(address: str, choices: Mapping[str, Any]) -> None:
    """Owe the address a letter: to confirm, or, where it is subscribed already, how to change that.

    `choices` has language, countries and kinds. Those of a confirmed subscriber stay as they are: anybody
    may have typed the address. The address itself waits encrypted; nothing else keeps it.
    """
    subscriber = find(address) or make(address, choices)
    if subscriber.confirmed_at is None:
        put(subscriber, choices)
        subscriber.asked_at = timezone.now()
    subscriber.asks += 1
    subscriber.save()
    key = f"subscriber:{subscriber.public_id}:letter:{subscriber.asks}"
    owe("alerts.invite", key=key, subscriber_id=subscriber.pk, language=choices["language"])


def find(address: str) -> Subscriber | None:
    keys = list(secrecy.address_keys(address))
    return Subscriber.objects.select_for_update().filter(address_key__in=keys).first()


def make(address: str, choices: Mapping[str, Any]) -> Subscriber:
    """Make the row, or return the one that somebody made in the same instant."""
    key = secrecy.address_key(address)
    values = {"address": secrecy.seal(address), "language": choices["language"]}
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(address_key=key, defaults=values)
    return subscriber


def put(subscriber: Subscriber, choices: Mapping[str, Any]) -> None:
    for name in CHOICES:
        setattr(subscriber, name, choices[name])


def invite(subscriber_id: int, language: str) -> None:
    """Send the letter that asks to confirm, or tells how to change what is confirmed."""
    subscriber = Subscriber.objects.filter(pk=subscriber_id).first()
    if subscriber is None:
        return
    template = "alerts/known" if subscriber.confirmed_at else "alerts/confirm"
    words = render(template, language, {"token": secrecy.token_of(subscriber.public_id)})
    message = Message(language=language, subject=words.subject, body=words.body)
    key = f"subscriber:{subscriber.public_id}:letter:{subscriber.asks}"
    try:
        letter(sheet(message), secrecy.unseal(subscriber.address), header_id=header_id(key)).send()
    except Exception as error:
        if not is_final(error):
            raise
        if subscriber.confirmed_at is None or has_no_mailbox(error):
            subscriber.delete()


@transaction.atomic
def confirm(public_id: uuid.UUID) -> Subscriber | None:
    """Begin to send alerts; None when there is no such subscriber (any more). Twice is as good as once."""
    subscriber = Subscriber.objects.select_for_update().filter(public_id=public_id).first()
    if subscriber and subscriber.confirmed_at is None:
        subscriber.confirmed_at = timezone.now()
        subscriber.save(update_fields=["confirmed_at"])
    return subscriber


def choose(subscriber: Subscriber, choices: Mapping[str, Any]) -> None:
    """Change what a subscriber is told, and in which language."""
    put(subscriber, choices)
    subscriber.save(update_fields=list(CHOICES))


@transaction.atomic
def unsubscribe(public_id: uuid.UUID) -> None:
    """Erase the address and all that belongs to it. What was sent remains as a number without a person."""
    Subscriber.objects.filter(public_id=public_id).delete()


def forget_unconfirmed() -> int:
    """Erase the addresses that nobody confirmed in time; return how many."""
    old = Subscriber.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - UNCONFIRMED_KEPT_FOR)
    _, counted = old.delete()
    return counted.get(Subscriber._meta.label, 0)
