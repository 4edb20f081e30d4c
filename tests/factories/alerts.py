"""Alerts, subscribers and who may do what with them."""

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from consular.accounts.models import User
from embassy.alerts import book, secrecy
from embassy.alerts.models import Alert, Subscriber, Text
from embassy.alerts.status import Kind, Severity, Status
from tests.factories.accounts import StaffFactory

WORDS = {
    "title": "Floods in Osmark",
    "location": "The valley of the Sera, from Dorun to the sea",
    "event": "The river has left its bed. Rain goes on until Thursday.",
    "actions": "Move to higher ground.\nDo not drive through water.",
    "assistance": "Call +44 1632 960100 at any hour.",
}
PERSIAN = {
    "title": "سیل در اوسمارک",
    "location": "درهٔ رود سرا، از دورون تا دریا",
    "event": "رود از بستر خود بیرون آمده است. باران تا پنجشنبه ادامه دارد.",
    "actions": "به جای بلندتر بروید.\nاز میان آب رانندگی نکنید.",
    "assistance": "در هر ساعت با شمارهٔ +44 1632 960100 تماس بگیرید.",
}


def staff_who_may(*verbs: str, **fields: Any) -> User:
    """Make a member of staff with rights on alerts: `staff_who_may("write", "send")`."""
    user: User = StaffFactory(**fields)
    codes = [f"{verb}_alert" for verb in verbs]
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="alerts", codename__in=codes))
    return user


def facts(**changes: Any) -> dict[str, Any]:
    """Return the facts of an alert that began an hour ago and holds for a day."""
    now = timezone.now()
    usual = {
        "kind": Kind.CRISIS, "severity": Severity.SEVERE, "countries": ["QRO"],
        "starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1),
    }  # fmt: skip
    return usual | changes


class AlertFactory(DjangoModelFactory):
    """A live alert with English words, approved by somebody else than its writer; `words` by language."""

    class Meta:
        model = Alert
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"2026-{n + 1000}")
    written_by = factory.SubFactory(StaffFactory)
    approved_by = factory.SubFactory(StaffFactory)
    approved_at = factory.LazyFunction(timezone.now)
    status = Status.APPROVED
    kind = Kind.CRISIS
    severity = Severity.SEVERE
    countries = ["QRO"]
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))

    @classmethod
    @transaction.atomic
    def _create(cls, model_class: Any, *args: Any, words: Any = None, **kwargs: Any) -> Any:
        alert = super()._create(model_class, *args, **kwargs)
        for language, text in (words or {"en": WORDS}).items():
            Text.objects.create(
                alert=alert, language=language, written_by=alert.written_by,
                approved_by=alert.approved_by, approved_at=alert.approved_at, **text,
            )  # fmt: skip
        book.forget()
        return alert


class DraftFactory(AlertFactory):
    approved_by = None
    approved_at = None
    status = Status.DRAFT


class SubscriberFactory(DjangoModelFactory):
    """A confirmed subscriber to everything, in English; `email` is what is encrypted."""

    class Meta:
        model = Subscriber

    class Params:
        email = factory.Sequence(lambda n: f"reader{n}@example.org")

    address = factory.LazyAttribute(lambda made: secrecy.seal(made.email))
    address_key = factory.LazyAttribute(lambda made: secrecy.address_key(made.email))
    language = "en"
    confirmed_at = factory.LazyFunction(timezone.now)
