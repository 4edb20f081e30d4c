"""Visa applications for tests.

    VisaApplicationFactory()            a draft without answers
    answer(draft, {"name.surname": …})  saves answers as if they had been typed
    complete(draft)                     a tourist's answers and clean documents: ready for the declaration
    submitted_application()             a complete application that was submitted; `.case` is open

They load the law and the questionnaire of the demonstration when the database has none.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import AnswerSheet, Revision
from embassy.demo import policy as law, questionnaire
from tests.factories.accounts import UserFactory
from tests.factories.documents import CleanDocumentFactory
from tests.factories.missions import MissionFactory
from visas.applications.actions import submit
from visas.applications.context import FORM
from visas.applications.draft import Draft
from visas.applications.models import Evidence, VisaApplication
from visas.policy.models import Category


def ensure_law() -> None:
    """Load the policy and publish the visa questionnaire, unless this database has them."""
    if not Category.objects.exists():
        law.load()
    if not Revision.objects.published().filter(questionnaire__code=FORM).exists():
        questionnaire.load()


def new_sheet() -> AnswerSheet:
    ensure_law()
    return AnswerSheet.objects.create(id=uuid.uuid4(), revision=Revision.objects.current(FORM))


class VisaMissionFactory(MissionFactory):
    """A mission that takes visa applications of residents of Naruvia."""

    services = factory.LazyFunction(lambda: ["visas"])
    jurisdiction = factory.LazyFunction(lambda: ["QN"])


class VisaApplicationFactory(DjangoModelFactory):
    """A draft for a tourist visa, without answers."""

    class Meta:
        model = VisaApplication

    applicant = factory.SubFactory(UserFactory)
    category = "TV"
    residence = "QNR"
    mission = factory.SubFactory(VisaMissionFactory)
    sheet = factory.LazyFunction(new_sheet)


def day(offset: int) -> dt.date:
    """Return the day that is `offset` days from today."""
    return timezone.localdate() + dt.timedelta(days=offset)


def tourist() -> dict[str, Any]:
    """Return the answers of somebody who stays in a hotel for eleven days and pays for it."""
    return {
        "name.surname": "AZAD",
        "name.given": "SHIRIN",
        "name.native": "شیرین آزاد",
        "birth.on": dt.date(1990, 5, 17),
        "birth.place": "Sabel",
        "birth.country": "QNR",
        "person.sex": "F",
        "person.civil": "single",
        "nationality.current": "QNR",
        "nationality.has_others": False,
        "passport.type": "ordinary",
        "passport.number": "N1234567",
        "passport.issuer": "QNR",
        "passport.issued_on": day(-400),
        "passport.expires_on": day(2000),
        "contact.address": "1 Harbour Street\nSabel",
        "contact.email": "shirin@example.org",
        "contact.phone": "+442079460000",
        "work.occupation": "retired",
        "family.citizen": False,
        "trip.purpose": "tourism",
        "trip.arrives_on": day(60),
        "trip.leaves_on": day(70),
        "trip.entries": "1",
        "trip.lodging": "booked",
        "trip.place": "Velmar",
        "org.invites": False,
        "place.name": "Hotel Lantern",
        "place.address": "2 Quay\nVelmar",
        "paying.by": "self",
        "paying.own": ["card"],
        "prints.taken": False,
        "helper.fills": False,
    }


def passenger() -> dict[str, Any]:
    """Return the answers of somebody who passes through on the way to Belcastra."""
    shared = {
        name: value for name, value in tourist().items() if not name.startswith(("trip.", "place.", "org."))
    }
    return shared | {
        "trip.purpose": "transit",
        "trip.arrives_on": day(30),
        "trip.leaves_on": day(31),
        "onward.country": "QPB",
        "onward.transport": "Ferry",
        "onward.permit": False,
    }


DECLARATION = {"declare.truth": True, "declare.fee": True, "declare.data": True, "declare.leave": True}


def answer(application: VisaApplication, answers: Mapping[str, Any]) -> VisaApplication:
    """Save these answers of a draft; None empties a question."""
    save(application.sheet, {name: Entry(value) for name, value in answers.items()})
    return application


def hand_in(application: VisaApplication, *purposes: str, **document: Any) -> VisaApplication:
    """Attach a clean document for each purpose, or for everything that is asked for; `document` sets its fields."""
    items = Draft.of(application).checklist.items
    for item in items:
        if not purposes or item.wanted.code in purposes:
            made = CleanDocumentFactory(owner=application.applicant, kind=item.wanted.kind, **document)
            Evidence.objects.create(application=application, document=made, purpose=item.wanted.code)
    return application


def complete(application: VisaApplication, answers: Mapping[str, Any] | None = None) -> VisaApplication:
    """Give a draft all that it needs but the declaration."""
    return hand_in(answer(application, answers or tourist()))


def submitted_application(*, answers: Mapping[str, Any] | None = None, **fields: Any) -> VisaApplication:
    """Return an application that was submitted, as the tables hold it."""
    draft = complete(VisaApplicationFactory(**fields), answers)
    answer(draft, DECLARATION)
    submit(draft, by=draft.applicant, language=draft.applicant.language)
    return VisaApplication.objects.with_sheet().select_related("traveller", "trip").get(pk=draft.pk)
