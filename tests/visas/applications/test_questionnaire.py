"""The visa questionnaire of the demonstration: complete, translated, and of one mind with the law."""

import copy
import re
from collections import Counter

import pytest

from consular.questionnaires.linter import problems
from consular.questionnaires.models import Revision
from consular.questionnaires.schema import parse
from embassy.demo import policy as law
from embassy.start import questionnaire
from tests.factories.applications import VisaApplicationFactory, answer, passenger, tourist
from visas.applications.context import facts
from visas.applications.draft import Draft
from visas.applications.passport import READ
from visas.policy.book import current

CONTENT = questionnaire.content()
DOCUMENT = parse(CONTENT)
ADAPTED = {10, *range(11, 34)} | set(range(1, 10))  # Fields 17 and 18 speak of citizens of Velmaris here


def offered(question):
    return {choice.value for choice in DOCUMENT.questions[question].choices}


def test_it_may_be_published():
    assert problems(CONTENT) == []


def test_it_has_every_field_of_the_harmonised_form():
    sources = [question.source for question in DOCUMENT.questions.values()]
    fields = " ".join(each.split(";")[0] for each in sources if each.startswith("Annex I field"))
    cited = {int(number) for number in re.findall(r"\d+", fields)}
    assert cited == ADAPTED


def test_no_text_is_the_same_in_both_languages():
    for question in DOCUMENT.questions.values():
        for text in (question.label, question.hint, question.called):
            assert not text or text["en"] != text["fa"], question.id


def test_every_message_that_names_a_limit_names_it_in_both_languages():
    for check in DOCUMENT.checks:
        assert ("{limit}" in check.message["en"]) == ("{limit}" in check.message["fa"]), check.question


def test_what_the_passport_tells_is_asked():
    assert set(READ) <= set(DOCUMENT.questions)


@pytest.mark.django_db
def test_it_offers_the_purposes_and_travel_documents_of_the_law():
    law.load()
    book = current()
    of_category = Counter(purpose.category.code for purpose in book.purposes)
    left = {purpose.code for purpose in book.purposes if of_category[purpose.category.code] > 1}
    assert offered("trip.purpose") == left | {"business"}  # An authorisation is for business too
    assert offered("passport.type") == {document.code for document in book.travel_documents}


@pytest.mark.django_db
@pytest.mark.parametrize(("category", "answers"), [("TV", tourist), ("TR", passenger)])
def test_complete_answers_settle_every_document_of_the_law(category, answers):
    draft = Draft.of(answer(VisaApplicationFactory(category=category), answers()))
    assert draft.filling.is_complete()
    assert draft.checklist.perhaps == ()
    spoken_of = {
        test["fact"] for document in draft.book.documents if document.category == draft.category
        for test in document.condition
    }  # fmt: skip
    assert spoken_of <= set(facts(draft.filling))


@pytest.mark.django_db
def test_loading_it_twice_publishes_it_once():
    questionnaire.load()
    questionnaire.load()
    assert Revision.objects.published().count() == 1


@pytest.mark.django_db
def test_a_changed_file_becomes_the_next_revision_and_the_old_one_stays(monkeypatch):
    questionnaire.load()
    changed = copy.deepcopy(CONTENT)
    changed["title"]["en"] = "Another title"
    monkeypatch.setattr(questionnaire, "content", lambda: changed)
    questionnaire.load()
    assert [revision.number for revision in Revision.objects.published()] == [1, 2]
    assert Revision.objects.current("visa").document.title["en"] == "Another title"
    assert Revision.objects.get(number=1).document.title["en"] == CONTENT["title"]["en"]
