"""A service to work with, and a case at each step of its life."""

from datetime import timedelta
from typing import Any

import pytest

from consular.cases import actions
from consular.cases.actions import Wanted
from consular.cases.models import Case
from consular.cases.status import Outcome, Status
from consular.documents.models import Document
from tests.factories.cases import CaseFactory
from tests.factories.documents import DocumentFactory
from tests.factories.kinds import SampleKind, installed


@pytest.fixture(autouse=True)
def kind():
    with installed(SampleKind()) as kind:
        yield kind


@pytest.fixture
def received(mission: Any, applicant: Any) -> Case:
    return CaseFactory(mission=mission, applicant=applicant)


@pytest.fixture
def held(received: Case, officer: Any) -> Case:
    """Return a case that `officer` has claimed."""
    return actions.claim(received, by=officer)


@pytest.fixture
def asked(held: Case, officer: Any) -> Case:
    """Return a case that waits for its applicant: words, and an itinerary."""
    items = [Wanted("Who pays for the journey?"), Wanted("Send the itinerary again.", "itinerary")]
    actions.ask(held, by=officer, items=items, answer_by=held.mission.today() + timedelta(days=10))
    return fresh(held)


@pytest.fixture
def recommended(held: Case, officer: Any) -> Case:
    """Return a case on which `officer` recommended a refusal."""
    actions.recommend(
        held, by=officer, outcome=Outcome.REFUSE, grounds=["purpose"], reason="Three itineraries."
    )
    return fresh(held)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def put(case: Case, status: Status, officer: Any = None) -> Case:
    """Put a case into a state as no action would, to ask the rules about it."""
    Case.objects.filter(pk=case.pk).update(
        status=status, officer=officer or case.officer, claimed_at=case.claimed_at or case.opened_at
    )
    return fresh(case)


def uploaded(owner: Any) -> Document:
    """Return a document of `owner` in quarantine."""
    return DocumentFactory(owner=owner)
