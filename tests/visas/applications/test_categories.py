"""Twelve categories: each can be filled in and submitted, and asks for what it needs and nothing else."""

import datetime as dt
from collections import defaultdict

import pytest
from hypothesis import given, settings, strategies as st

from consular.cases import actions
from consular.cases.status import CheckResult, Outcome
from consular.questionnaires.actions import save
from consular.questionnaires.conditions import names
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import parse
from embassy.demo import policy as law, questionnaire
from tests.factories.answers import candidates, filled
from tests.factories.applications import VisaApplicationFactory, day, hand_in
from tests.factories.missions import PostingFactory
from visas.applications.actions import submit
from visas.applications.checklist import checklist_for
from visas.applications.checks import all_checks
from visas.applications.context import AUTHORISATION, Context, facts
from visas.applications.draft import Draft
from visas.issuance.actions.issue import ensure_record
from visas.kind import VisaKind
from visas.policy.book import current

CATEGORIES = ("TV", "BV", "ST", "WK", "FM", "RS", "MD", "TR", "JN", "OF", "HU", "EA")
GROUPS = {"A": "QPB", "B": "QTI", "C": "IRN", "D": "QNR"}
TURNS = range(10)
DOCUMENT = parse(questionnaire.content())


@pytest.fixture(scope="module")
def book(django_db_setup, django_db_blocker):
    """Read the law of the demonstration once."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        law.load()
        yield current()
        transaction.set_rollback(True)


def who(nationality="QNR", age=36):
    return {"birth.on": day(-366 * age), "nationality.current": nationality}


def fill(category, book, *, turn=0, **person):
    """Return a questionnaire of the category, answered by a person."""
    asked = Filling(DOCUMENT, {}, Context(category, "QNR", day(0), book))
    return filled(asked, who(**person), turn=turn, with_optional=not turn % 2)


def nationality_for(category):
    return GROUPS["B"] if category == AUTHORISATION else GROUPS["D"]


# Reachable, and never too much -----------------------------------------------------------------


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("age", [4, 16, 36])
@pytest.mark.parametrize("group", GROUPS)
def test_whoever_may_apply_can_answer_everything_and_knows_every_document(book, category, age, group):
    filling = fill(category, book, age=age, nationality=GROUPS[group])
    if category == AUTHORISATION and group != "B":
        assert "nationality.current" in filling.broken
        return
    assert filling.open_pages() == []
    checklist = checklist_for(book.category(category), filling, (), book)
    assert checklist.perhaps == ()
    codes = {item.wanted.code for item in checklist.items}
    assert "passport" in codes
    assert ("parents-consent" in codes) == (age < 18 and category not in {"OF", AUTHORISATION})


def test_no_page_is_unreachable_and_no_document_is_never_asked_for(book):
    pages, documents = set(), defaultdict(set)
    for category in CATEGORIES:
        for turn in TURNS:
            nationality = "IRN" if turn % 4 == 1 and category != AUTHORISATION else nationality_for(category)
            filling = fill(category, book, turn=turn, age=36 if turn % 3 else 12, nationality=nationality)
            pages |= {page.id for page in filling.pages()}
            items = checklist_for(book.category(category), filling, (), book).items
            documents[category] |= {item.wanted.code for item in items}
    assert pages == set(DOCUMENT.pages) - {DOCUMENT.closing.id}
    asked = {(row.category.code, row.code) for row in book.documents}
    assert asked == {(category, code) for category, codes in documents.items() for code in codes}


def test_a_page_asks_ten_things_at_most():
    for page in DOCUMENT.pages.values():
        assert len([each for each in page.questions if not each.under]) <= 10, page.id


def test_every_new_question_says_where_it_comes_from():
    old = {"name.native", "onward.transport"}
    for name, question in DOCUMENT.questions.items():
        assert question.source or name in old, name


def test_every_text_is_in_five_languages():
    def texts(value):
        if isinstance(value, dict):
            if "en" in value:
                yield value
            for each in value.values():
                yield from texts(each)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each)

    for text in texts(questionnaire.content()):
        assert set(text) == {"en", "fa", "ar", "fr", "es"}, text["en"]
        assert all(text.values()), text["en"]


def test_armed_service_and_countries_visited_are_asked_only_where_they_are_needed(book):
    asked = {
        category: fill(category, book, turn=1, nationality=nationality_for(category)).submitted()
        for category in CATEGORIES
    }
    assert {code for code, answers in asked.items() if "service.served" in answers} == {"WK", "FM"}
    assert {code for code, answers in asked.items() if "security.crime" in answers} == {
        "ST", "WK", "FM", "RS", "JN", "EA",
    }  # fmt: skip


# Contradictions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "answers", "question", "says"),
    [
        ("FM", {"person.civil": "single", "reunion.relation": "spouse"}, "reunion.relation", "you are single"),
        ("FM", {"reunion.relation": "child", "reunion.birth_on": dt.date(2020, 1, 1)}, "reunion.birth_on", "older than"),
        ("TV", {"passport.expires_on": day(120), "trip.leaves_on": day(60)}, "passport.expires_on", "must be valid until"),
        ("TV", {"trip.arrives_on": day(20), "trip.leaves_on": day(150)}, "trip.leaves_on", "at most"),
        ("TV", {"birth.on": day(-3000), "work.occupation": "managers"}, "work.occupation", "under 15"),
        ("ST", {"trip.arrives_on": day(40), "study.starts_on": day(20)}, "study.starts_on", "after you arrive"),
        ("ST", {"study.ends_on": day(300), "trip.leaves_on": day(200)}, "trip.leaves_on", "ends later than you leave"),
        ("ST", {"study.ends_on": day(300), "trip.leaves_on": day(340)}, "trip.leaves_on", "30 days after the course"),
        ("WK", {"job.permit_until": day(100), "trip.leaves_on": day(300)}, "trip.leaves_on", "work permit ends"),
        ("MD", {"treatment.role": "companion", "passport.number": "N1", "patient.passport": "N1"}, "patient.passport", "your own"),
        ("BV", {"business.activities": ["fair"], "business.fair_on": day(5), "trip.arrives_on": day(20)}, "business.fair_on", "before you arrive"),
        ("EA", {"nationality.current": "QNR"}, "nationality.current", "cannot travel with an electronic authorisation"),
        ("EA", {"nationality.current": "QTI", "trip.arrives_on": day(10), "trip.leaves_on": day(80)}, "trip.leaves_on", "at most"),
    ],
)  # fmt: skip
def test_contradictory_answers_are_told(book, category, answers, question, says):
    asked = Filling(DOCUMENT, {}, Context(category, "QNR", day(0), book))
    filling = filled(asked, {"nationality.current": "QNR", "birth.on": day(-12000)} | answers)
    assert says in filling.complaint(DOCUMENT.questions[question])


# Submitting ------------------------------------------------------------------------------------


def apply(category, **given):
    """Return an application of the category that was submitted."""
    draft = VisaApplicationFactory(category=category)
    filling = filled(Draft.of(draft).filling, who(nationality_for(category)) | given)
    save(draft.sheet, filling.entries)
    hand_in(draft)
    submit(draft, by=draft.applicant, language="en")
    draft.refresh_from_db()
    return draft


@pytest.mark.django_db
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_can_be_submitted_decided_and_issued(category):
    application = apply(category)
    case, trip = application.case, application.trip
    assert case.due_on > case.opened_at.date()
    findings = {finding.code: finding.result for finding in all_checks(application)}
    assert findings.pop("passport-read") == CheckResult.LOOK
    assert CheckResult.FAILED not in findings.values()
    officer = PostingFactory(mission=application.mission).user
    conditions = {"valid_from": trip.arrives_on.isoformat(), "valid_until": trip.leaves_on.isoformat(),
                  "entries": trip.entries, "stay_days": trip.days}  # fmt: skip
    actions.claim(case, by=officer)
    actions.decide(case, by=officer, outcome=Outcome.APPROVE, conditions=conditions)
    evisa = ensure_record(type(application).objects.get(pk=application.pk))
    assert (evisa.category, evisa.entries) == (category, trip.entries)
    assert [len(line) for line in evisa.mrz_lines] == [36, 36]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("category", "entries"), [("BV", "M"), ("MD", "2"), ("JN", "1"), ("ST", "M"), ("TR", "1"), ("EA", "M")]
)
def test_who_is_not_asked_for_entries_has_those_of_the_law(category, entries):
    assert apply(category).trip.entries == entries


@pytest.mark.django_db
def test_a_work_visa_for_two_years_can_be_granted():
    application = apply("WK", **{"trip.leaves_on": day(700), "trip.arrives_on": day(20), "job.starts_on": day(20),
                                 "job.ends_on": day(690), "job.permit_until": day(710),
                                 "passport.expires_on": day(1200)})  # fmt: skip
    form = VisaKind().decision_form(application.case)
    parts = {f"{name}_{part}": value for name, on in (("valid_from", day(20)), ("valid_until", day(700)))
             for part, value in (("day", on.day), ("month", on.month), ("year", on.year), ("calendar", "gregorian"))}  # fmt: skip
    sent = form({**parts, "entries": "M", "stay_days": "680"})
    assert sent.is_valid(), sent.errors


@pytest.mark.django_db
def test_an_officer_sees_what_an_applicant_told_of_security():
    application = apply("RS", **{"security.crime": True, "security.crime_details": "A fine in 2010."})
    found = {finding.code: finding for finding in all_checks(application)}["declared"]
    assert (found.result, set(found.evidence)) == (CheckResult.LOOK, {"security.crime"})


@pytest.mark.django_db
def test_a_companion_is_brought_together_with_the_patient():
    alone = apply("MD", **{"treatment.role": "companion", "patient.passport": "P7000001"})
    check = {finding.code: finding for finding in all_checks(alone)}["patient"]
    assert check.result == CheckResult.LOOK
    sick = apply("MD", **{"treatment.role": "patient", "passport.number": "P7000001"})
    check = {finding.code: finding for finding in all_checks(alone)}["patient"]
    assert (check.result, list(check.evidence)) == (CheckResult.PASSED, [sick.case.spaced_reference])


# Whatever is answered --------------------------------------------------------------------------

QUESTIONS = list(DOCUMENT.questions.values())


@given(
    category=st.sampled_from(CATEGORIES),
    steps=st.lists(st.tuples(st.integers(0, len(QUESTIONS) - 1), st.integers(-1, 12)), max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_random_answers_never_crash_and_nothing_invisible_is_submitted(book, category, steps):
    filling = Filling(DOCUMENT, {}, Context(category, "QNR", day(0), book))
    for place, choice in steps:
        question = QUESTIONS[place]
        listed = list(candidates(question, filling))
        entry = Entry(typed="?") if choice < 0 or not listed else Entry(listed[choice % len(listed)])
        filling = filling.with_entries({question.id: entry})
    assert set(filling.submitted()) <= filling.asked_ids()
    assert facts(filling).keys() <= facts_of_the_law(book)
    checklist_for(book.category(category), filling, (), book)
    for name in filling.broken:
        assert filling.complaint(DOCUMENT.questions[name])


def facts_of_the_law(book):
    from visas.applications.context import ANSWERED

    return {*ANSWERED, "age", "purpose", "document", "nationality", "days", "lives_abroad", "equipment"}


def test_conditions_speak_of_answers_and_of_what_is_kept_with_the_sheet():
    kept = {"category", "residence", "today", "age", *DOCUMENT.questions}
    for section in DOCUMENT.sections:
        parts = [
            section,
            *section.pages,
            *(question for page in section.pages for question in page.questions),
        ]
        for part in parts:
            assert set(names(part.when)) <= kept, part.id
