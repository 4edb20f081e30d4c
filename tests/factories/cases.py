"""Cases for tests, in any state that the database accepts."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from consular.cases.models import Attachment, Case
from consular.cases.status import Status
from tests.factories.accounts import UserFactory
from tests.factories.documents import DocumentFactory
from tests.factories.missions import MissionFactory, PostingFactory


class CaseFactory(DjangoModelFactory):
    """A case just received. `held=True` gives it an officer of its mission and puts it under review."""

    class Meta:
        model = Case

    class Params:
        held = factory.Trait(
            status=Status.IN_REVIEW,
            officer=factory.LazyAttribute(lambda case: PostingFactory(mission=case.mission).user),
        )

    kind = "visa"
    category = "TV"
    mission = factory.SubFactory(MissionFactory)
    applicant = factory.SubFactory(UserFactory)
    name_latin = "AZAD SHIRIN"
    name_native = "شیرین آزاد"
    nationality = "QNR"
    birth_on = date(1990, 5, 17)
    language = "en"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    claimed_at = factory.LazyAttribute(
        lambda case: timezone.now() if getattr(case, "officer", None) else None
    )


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    case = factory.SubFactory(CaseFactory)
    document = factory.SubFactory(DocumentFactory, owner=factory.SelfAttribute("..case.applicant"))
    purpose = "passport"
    label = "Passport"
