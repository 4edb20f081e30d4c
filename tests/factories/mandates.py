"""Mandates for tests.

MandateFactory(application=…)                 an invitation nobody answered yet
held(application, by=user, scope=Scope.ACT)   a mandate in force
"""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.applications import VisaApplicationFactory
from visas.applications.mandates_tokens import digest, new_token
from visas.applications.models import Mandate, Scope, VisaApplication


class MandateFactory(DjangoModelFactory):
    """An invitation to fill in one application, for three months."""

    class Meta:
        model = Mandate

    application = factory.SubFactory(VisaApplicationFactory)
    given_by = factory.SelfAttribute("application.applicant")
    email = factory.Sequence(lambda n: f"helper{n}@example.org")
    scope = Scope.FILL
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=90))
    token_digest = factory.LazyFunction(lambda: digest(new_token()))


def held(application: VisaApplication, *, by: Any, scope: str = Scope.FILL, **fields: Any) -> Mandate:
    """Return a mandate that `by` accepted; with `party` it is for the whole party."""
    if party := fields.pop("party", None):
        fields |= {"party": party, "application": None, "given_by": application.applicant}
    else:
        fields["application"] = application
    accepted = {"accepted_at": timezone.now(), "holder": by, "email": by.email}
    made: Mandate = MandateFactory(**{"scope": scope, **accepted, **fields})
    return made
