"""Saving, freezing, publishing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from consular.audit.models import Entry as AuditEntry
from consular.questionnaires.actions import SheetIsFrozenError, freeze, publish, save
from consular.questionnaires.actions.publish import NotPublishableError
from consular.questionnaires.filling import Entry
from tests.factories.questionnaires import AnswerSheetFactory, RevisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return AnswerSheetFactory()


def test_what_was_given_comes_back_right_or_wrong(sheet):
    given = {
        "name": Entry("شیرین"),
        "nickname": Entry(),
        "arrives": Entry(date(2027, 1, 31)),
        "leaves": Entry(typed={"day": "۳۱", "month": "2", "year": "", "calendar": "gregorian"}),
        "lodging": Entry(typed=""),
    }
    save(sheet, given)
    assert sheet.entries() == given


def test_the_last_to_write_a_question_wins_and_nothing_else_is_lost(sheet):
    save(sheet, {"name": Entry("first"), "lodging": Entry("host")})
    save(sheet, {"name": Entry("second"), "host.name": Entry(typed="?")})
    assert sheet.entries() == {
        "name": Entry("second"),
        "lodging": Entry("host"),
        "host.name": Entry(typed="?"),
    }


def test_a_right_answer_replaces_what_was_typed_wrong(sheet):
    save(sheet, {"name": Entry(typed="?")})
    save(sheet, {"name": Entry("right")})
    assert sheet.entries() == {"name": Entry("right")}


@pytest.mark.parametrize("number", [1, 3, 50])
def test_saving_takes_two_queries_however_much_it_saves(sheet, number, django_assert_num_queries):
    entries = {f"q{place}": Entry("x") for place in range(number)}
    with django_assert_num_queries(4):  # with the savepoint around them
        save(sheet, entries)


def test_saving_nothing_is_fine(sheet):
    save(sheet, {})
    assert sheet.entries() == {}


def test_freezing_keeps_what_was_asked_and_removes_the_rest(sheet):
    save(sheet, {"name": Entry("Shirin"), "host.name": Entry("Maryam")})
    freeze(sheet, asked={"name", "lodging"})
    assert sheet.frozen_at
    assert sheet.entries() == {"name": Entry("Shirin")}


def test_freezing_twice_changes_nothing(sheet):
    freeze(sheet, asked=set())
    first = sheet.frozen_at
    freeze(sheet, asked=set())
    sheet.refresh_from_db()
    assert sheet.frozen_at == first


def test_a_frozen_sheet_takes_no_answers(sheet):
    freeze(sheet, asked=set())
    with pytest.raises(SheetIsFrozenError):
        save(sheet, {"name": Entry("late")})


def test_publishing_notes_who_did_it(superuser):
    draft = RevisionFactory(published_at=None)
    publish(draft, by=superuser)
    draft.refresh_from_db()
    assert draft.published_at
    assert AuditEntry.objects.about(draft).get().verb == "questionnaire.published"


def test_a_questionnaire_with_problems_is_not_published():
    draft = RevisionFactory(published_at=None, content={"title": {"en": "x"}})
    with pytest.raises(NotPublishableError, match="Not a questionnaire"):
        publish(draft, by=None)
    draft.refresh_from_db()
    assert draft.published_at is None


GIVEN = st.one_of(
    st.text(max_size=10).filter(lambda text: "\x00" not in text).map(Entry),
    st.builds(Entry, typed=st.dictionaries(st.sampled_from(["day", "year"]), st.sampled_from(["", "۳۲"]))),
    st.just(Entry()),
)
STEPS = st.lists(st.dictionaries(st.sampled_from(["name", "nickname", "host.name"]), GIVEN), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_saved_in_whatever_order_the_last_of_each_question_is_there(steps):
    sheet = AnswerSheetFactory()
    expected: dict[str, Entry] = {}
    for entries in steps:
        save(sheet, entries)
        expected |= entries
    assert sheet.entries() == expected
