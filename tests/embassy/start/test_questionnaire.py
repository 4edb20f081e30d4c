"""What the portal comes with never overwrites what staff have edited."""

import pytest

from consular.questionnaires.models import Questionnaire, Revision
from embassy.start import questionnaire
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    questionnaire.load()
    return Questionnaire.objects.get()


def test_a_draft_of_staff_is_left_alone(form):
    Revision.objects.create(questionnaire=form, number=2, content={})
    questionnaire.load()
    assert form.revisions.count() == 2


def test_what_staff_published_stays_in_force(form):
    first = form.revisions.get()
    edited = {**first.content, "checks": []}
    Revision.objects.create(
        questionnaire=form,
        number=2,
        content=edited,
        published_at=first.published_at,
        published_by=StaffFactory(),
    )
    questionnaire.load()
    assert form.revisions.count() == 2
