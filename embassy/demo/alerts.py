"""Alerts and their subscribers, from data/alerts.toml. What is there already stays: a public alert never changes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from consular.accounts.models import User
from embassy.alerts import book, secrecy
from embassy.alerts.models import PARTS, Alert, Subscriber, Text
from embassy.alerts.status import Status
from embassy.demo.rows import read

WRITER, APPROVER = "duty@velmaris.example.org", "approver@velmaris.example.org"
APPROVED_WITHIN = timedelta(minutes=20)


def load() -> None:
    """Make the alerts and subscribers that are missing."""
    data = read("alerts")
    load_alerts(data["alert"], data["note"])
    load_subscribers(data["subscribers"])
    book.forget()


def load_alerts(rows: list[dict[str, Any]], note: dict[str, str]) -> None:
    """Make the alerts in the order of the file, which is the order of their numbers; known by their English title."""
    known = dict(Text.objects.filter(language="en").values_list("title", "alert_id"))
    people = {user.email: user for user in User.objects.filter(email__in=[WRITER, APPROVER])}
    made: dict[str, int] = {}
    for row in rows:
        title = row["en"]["title"]
        made[row["name"]] = known.get(title) or make(row, note, made, people).pk


def make(row: dict[str, Any], note: dict[str, str], made: dict[str, int], people: dict[str, User]) -> Alert:
    writer, approver = people[WRITER], people[APPROVER]
    starts_at = timezone.now() + timedelta(days=row["starts"])
    signed = {"written_by": writer, "approved_by": approver, "approved_at": starts_at + APPROVED_WITHIN}
    alert = Alert.objects.create(
        reference=next_reference(starts_at), kind=row["kind"], severity=row["severity"],
        countries=row["countries"], starts_at=starts_at, status=Status.APPROVED,
        ends_at=timezone.now() + timedelta(days=row["ends"]), corrects_id=made.get(row.get("corrects", "")), **signed,
    )  # fmt: skip
    Text.objects.bulk_create(texts(alert, row, note, signed))
    Alert.objects.filter(pk=alert.pk).update(written_at=starts_at)
    return alert


def texts(alert: Alert, row: dict[str, Any], note: dict[str, str], signed: dict[str, Any]) -> Iterator[Text]:
    """Yield the words in every language; their last line says that it is a demonstration."""
    for language, _name in settings.LANGUAGES:
        words = {part: row[language][part].strip() for part in PARTS}
        words["assistance"] += f"\n{note[language]}"
        yield Text(alert=alert, language=language, **words, **signed)


def next_reference(starts_at: datetime) -> str:
    """Return the year and the next number in it."""
    taken = Alert.objects.filter(reference__startswith=f"{starts_at.year}-").values_list(
        "reference", flat=True
    )
    return f"{starts_at.year}-{max((int(each.partition('-')[2]) for each in taken), default=0) + 1}"


def load_subscribers(rows: list[dict[str, Any]]) -> None:
    """Make reader01@example.org and those after; who has unsubscribed comes back with the next loading."""
    wanted = list(subscribers(rows))
    keys = [subscriber.address_key for subscriber in wanted]
    known = set(Subscriber.objects.filter(address_key__in=keys).values_list("address_key", flat=True))
    Subscriber.objects.bulk_create(each for each in wanted if each.address_key not in known)


def subscribers(rows: list[dict[str, Any]]) -> Iterator[Subscriber]:
    choices = [row for row in rows for _ in range(row["count"])]
    for number, row in enumerate(choices, 1):
        address = f"reader{number:02}@example.org"
        yield Subscriber(
            address=secrecy.seal(address), address_key=secrecy.address_key(address), language=row["language"],
            countries=row["countries"], kinds=row.get("kinds", []),
            confirmed_at=timezone.now() if row.get("confirmed", True) else None,
        )  # fmt: skip
