"""What is asked, what is known, and how far it is."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import parse
from consular.questionnaires.status import Progress
from tests.factories.questionnaires import small

DOCUMENT = parse(small())


def filling(age=40, **given_answers):
    entries = {
        name.replace("__", "."): each if isinstance(each, Entry) else Entry(each)
        for name, each in given_answers.items()
    }
    return Filling(DOCUMENT, entries, lambda answers: {"age": age})


COMPLETE = {
    "name": "Shirin", "nickname": None, "arrives": date(2027, 1, 1), "leaves": date(2027, 1, 9), "lodging": "hotel",
}  # fmt: skip


def states(of):
    return {section.id: of.progress(section) for section in of.sections()}


def test_nothing_is_started_at_the_beginning():
    begun = filling()
    assert states(begun) == dict.fromkeys(["person", "trip", "stay"], Progress.NOT_STARTED)
    assert not begun.is_complete()


def test_a_section_that_is_certainly_not_asked_is_not_shown():
    assert "minor" not in states(filling(age=18))
    assert states(filling(age=17))["minor"] == Progress.NOT_STARTED


def test_a_section_whose_condition_is_not_settled_cannot_start_yet():
    assert states(filling(age=None))["minor"] == Progress.CANNOT_START


def test_a_page_with_all_it_needs_is_completed_and_optional_questions_may_stay_empty():
    assert states(filling(name="Shirin", nickname=None))["person"] == Progress.COMPLETED


def test_a_wrong_or_missing_answer_leaves_a_page_in_progress():
    wrong = Entry(typed="\u202e")
    assert states(filling(name=wrong, nickname=None))["person"] == Progress.IN_PROGRESS
    assert states(filling(nickname="Shiri"))["person"] == Progress.IN_PROGRESS


def test_the_page_that_depends_on_an_answer_follows_it():
    hotel, host = filling(lodging="hotel"), filling(lodging="host")
    assert states(hotel)["stay"] == Progress.COMPLETED
    assert states(host)["stay"] == Progress.IN_PROGRESS
    assert hotel.is_asked(DOCUMENT.pages["host"]) is False
    assert host.is_asked(DOCUMENT.pages["host"]) is True
    assert filling().is_asked(DOCUMENT.pages["host"]) is None


def test_an_answer_that_is_not_asked_any_more_is_kept_but_not_submitted():
    changed = filling(**COMPLETE | {"host__name": "Maryam"})
    assert changed.is_complete()
    assert "host.name" not in changed.submitted()
    back = changed.with_entries({"lodging": Entry("host")})
    assert back.submitted()["host.name"] == "Maryam"


def test_a_check_between_answers_points_at_its_question():
    broken = filling(**COMPLETE | {"leaves": date(2026, 12, 31)})
    assert broken.open_pages() == [DOCUMENT.pages["trip"]]
    assert broken.complaint(DOCUMENT.questions["leaves"]) == "Leave after 1 January 2027"
    assert filling(**COMPLETE).open_pages() == []


def test_a_choice_that_is_not_offered_any_more_is_open():
    assert filling(lodging="tent").is_open(DOCUMENT.questions["lodging"])


def test_the_context_learns_from_every_right_answer():
    seen = []
    Filling(
        DOCUMENT,
        {"name": Entry("Shirin"), "host.name": Entry("M"), "arrives": Entry(typed={})},
        lambda a: seen.append(a) or {},
    )
    assert seen == [{"name": "Shirin", "host.name": "M"}]


TEXTS = st.one_of(st.none(), st.sampled_from(["a", "b"]))
ENTRIES = st.one_of(TEXTS.map(Entry), st.just(Entry(typed="?")))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["name", "nickname", "host.name", "guardian"]), ENTRIES),
        st.tuples(st.just("lodging"), st.sampled_from(["hotel", "host", "tent"]).map(Entry)),
        st.tuples(
            st.sampled_from(["arrives", "leaves"]), st.dates(date(2026, 1, 1), date(2026, 1, 5)).map(Entry)
        ),
    ),
    max_size=12,
)


@given(STEPS, st.integers(10, 30))
def test_whatever_is_answered_nothing_is_lost_and_nothing_unasked_is_submitted(steps, age):
    now, last = filling(age=age), {}
    for name, entry in steps:
        now, last[name] = now.with_entries({name: entry}), entry
    assert dict(now.entries) == last
    for name in now.submitted():
        assert now.is_asked(DOCUMENT.questions[name]) is True
        assert last[name].value == now.submitted()[name]


@given(STEPS)
def test_complete_means_that_no_asked_question_is_open(steps):
    now = filling().with_entries(dict(steps))
    is_open = any(now.open_on(page) for page in now.pages())
    assert not (now.is_complete() and is_open)


@pytest.mark.parametrize("missing", sorted(set(COMPLETE) - {"nickname"}))
def test_every_required_answer_counts(missing):
    answers = {name: value for name, value in COMPLETE.items() if name != missing}
    assert filling(**COMPLETE).is_complete()
    assert not filling(**answers).is_complete()
