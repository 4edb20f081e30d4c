"""A service and cases at some steps of their life, seen by their applicant."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from consular.cases import actions
from consular.cases.actions import Wanted
from consular.cases.models import Case
from consular.portal import drafts
from tests.factories.cases import CaseFactory
from tests.factories.kinds import SampleKind, installed


@pytest.fixture(autouse=True)
def kind(db: None, monkeypatch: pytest.MonkeyPatch):
    """Let the sample stand in for every service: it has cases and no drafts."""
    cache.clear()
    monkeypatch.setattr(drafts, "_SOURCES", [])
    with installed(SampleKind()) as kind:
        yield kind


@pytest.fixture
def received(mission: Any, applicant: Any) -> Case:
    case = CaseFactory(mission=mission, applicant=applicant)
    case.events.create(to_status=case.status, by=applicant)
    return case


@pytest.fixture
def held(received: Case, officer: Any) -> Case:
    return actions.claim(received, by=officer)


@pytest.fixture
def asked(held: Case, officer: Any) -> Case:
    """Return a case that waits for its applicant: words, and an itinerary."""
    items = [Wanted("Who pays for the journey?"), Wanted("Send the itinerary again.", "itinerary")]
    actions.ask(held, by=officer, items=items, answer_by=held.mission.today() + timedelta(days=10))
    return Case.objects.get(pk=held.pk)


@pytest.fixture
def visit(applicant: Any, signed_in: Any):
    """Return a function that gets one of the applicant's pages: `visit("portal:case_detail", case.reference)`."""
    from django.urls import reverse

    client = signed_in(applicant)

    def get(name: str, *args: Any, **data: Any):
        return client.get(reverse(name, args=args), data)

    get.client = client
    return get
