"""Whoever edits the questionnaire is told of documents that nobody would be asked for any more."""

import pytest

from consular.questionnaires.editing import pieces
from consular.questionnaires.editing.findings import findings
from embassy.demo import policy
from embassy.start.questionnaire import content
from visas.applications.context import FORM
from visas.applications.never_asked import never_asked

pytestmark = pytest.mark.django_db
LODGING = "trip.lodging"


@pytest.fixture(autouse=True)
def _law():
    policy.load()


def place_of(asked, name):
    return next(place for place in pieces.walk(asked) if place.name == name)


def test_every_document_of_the_law_is_asked_for():
    assert list(never_asked(FORM, content())) == []


def test_a_question_that_goes_takes_no_document_with_it_unnoticed():
    asked = content()
    place = place_of(asked, LODGING)
    del place.owner[place.key]
    assert any("Nobody would be asked for the document" in each.words for each in findings(FORM, asked, None))


def test_an_answer_that_goes_takes_no_document_with_it_unnoticed():
    asked = content()
    place_of(asked, LODGING).piece["choices"] = [{"value": "elsewhere", "label": {"en": "Elsewhere"}}]
    assert list(never_asked(FORM, asked))


def test_other_questionnaires_owe_no_documents():
    assert list(never_asked("another", {})) == []
