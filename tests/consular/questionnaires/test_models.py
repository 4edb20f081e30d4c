"""What the database itself holds: published revisions, frozen sheets, one answer a question."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consular.questionnaires.models import Answer, AnswerSheet, Revision
from tests.factories.questionnaires import AnswerSheetFactory, QuestionnaireFactory, RevisionFactory, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision():
    return RevisionFactory()


@pytest.fixture
def frozen():
    sheet = AnswerSheetFactory()
    Answer.objects.create(sheet=sheet, question="name", value="Shirin")
    AnswerSheet.objects.filter(pk=sheet.pk).update(frozen_at=timezone.now())
    sheet.refresh_from_db()
    return sheet


@pytest.mark.parametrize(
    "change",
    [
        lambda revision: Revision.objects.filter(pk=revision.pk).update(content={}),
        lambda revision: Revision.objects.filter(pk=revision.pk).update(published_at=None),
        lambda revision: revision.delete(),
    ],
    ids=["content", "unpublish", "delete"],
)
def test_the_database_refuses_to_change_a_published_revision(revision, change):
    with pytest.raises(IntegrityError, match="questionnaires_revision"), transaction.atomic():
        change(revision)


def test_a_draft_may_be_changed_and_thrown_away():
    draft = RevisionFactory(published_at=None)
    Revision.objects.filter(pk=draft.pk).update(content={"title": {}})
    draft.delete()


def test_a_questionnaire_has_one_draft(revision):
    RevisionFactory(questionnaire=revision.questionnaire, number=2, published_at=None)
    with pytest.raises(IntegrityError, match="questionnaire_has_one_draft"), transaction.atomic():
        RevisionFactory(questionnaire=revision.questionnaire, number=3, published_at=None)


def test_the_newest_published_revision_is_in_force(revision):
    newer = RevisionFactory(questionnaire=revision.questionnaire, number=2)
    RevisionFactory(questionnaire=revision.questionnaire, number=3, published_at=None)
    assert Revision.objects.current(revision.questionnaire.code) == newer
    with pytest.raises(Revision.DoesNotExist):
        Revision.objects.current(QuestionnaireFactory().code)


def test_a_published_revision_is_read_and_parsed_once(revision, django_assert_num_queries):
    slim = Revision.objects.current(revision.questionnaire.code)
    with django_assert_num_queries(1):
        document = slim.document
    with django_assert_num_queries(0):
        assert Revision(pk=slim.pk, published_at=slim.published_at).document is document


def test_a_draft_shows_what_it_holds_now():
    draft = RevisionFactory(published_at=None)
    draft.content = {**small(), "title": {"en": "Another", "fa": "دیگری"}}
    assert str(draft.document.title) == "Another"


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.answers.update(value="Maryam"),
        lambda sheet: sheet.answers.all().delete(),
        lambda sheet: Answer.objects.create(sheet=sheet, question="nickname", value="Shiri"),
        lambda sheet: AnswerSheet.objects.filter(pk=sheet.pk).update(frozen_at=None),
        lambda sheet: sheet.delete(),
    ],
    ids=["change", "delete", "add", "thaw", "delete-sheet"],
)
def test_the_database_refuses_to_change_what_was_submitted(frozen, change):
    with pytest.raises(IntegrityError, match=r"submitted|append-only"), transaction.atomic():
        change(frozen)
    assert [answer.value for answer in frozen.answers.all()] == ["Shirin"]


def test_an_answer_cannot_be_moved_onto_a_frozen_sheet(frozen):
    elsewhere = Answer.objects.create(sheet=AnswerSheetFactory(), question="nickname", value="x")
    with pytest.raises(IntegrityError, match="submitted"), transaction.atomic():
        Answer.objects.filter(pk=elsewhere.pk).update(sheet=frozen)


def test_a_question_is_answered_once():
    sheet = AnswerSheetFactory()
    Answer.objects.create(sheet=sheet, question="name", value="a")
    Answer.objects.create(sheet=sheet, question="name", row=1, value="b")
    with pytest.raises(IntegrityError, match="question_is_answered_once"), transaction.atomic():
        Answer.objects.create(sheet=sheet, question="name", value="c")


def test_an_answer_is_right_or_as_typed_never_both():
    with pytest.raises(IntegrityError, match="answer_is_right_or_as_typed"), transaction.atomic():
        Answer.objects.create(sheet=AnswerSheetFactory(), question="name", value="a", typed="b")


def test_a_sheet_is_judged_by_today_until_it_is_frozen(frozen):
    assert AnswerSheetFactory().day == timezone.localdate()
    frozen.frozen_at = frozen.frozen_at.replace(year=2020)
    assert frozen.day.year == 2020


def test_answers_to_questions_that_a_revision_does_not_have_are_passed_over():
    sheet = AnswerSheetFactory()
    Answer.objects.create(sheet=sheet, question="no.such.question", value="a")
    Answer.objects.create(sheet=sheet, question="arrives", value="2027-01-31")
    assert {name: entry.value.isoformat() for name, entry in sheet.entries().items()} == {
        "arrives": "2027-01-31"
    }
