"""What may be corrected after submitting, when; and what a correction leaves for ever."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from consular.audit.models import Entry as AuditEntry
from consular.cases import actions as cases
from consular.cases.actions import RefusedError
from consular.cases.explain import history
from consular.cases.models import Case, Event
from consular.cases.status import CLOSED, OPEN, Outcome as Decided, Status
from consular.notifications.models import Message
from consular.outbox.models import Effect
from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry
from tests.factories.applications import DECLARATION, day, submitted_application, tourist
from tests.factories.missions import PostingFactory
from tests.factories.visas import conditions
from visas.applications.actions import (
    NotSendableError,
    discard_correction,
    open_correction,
    put_back,
    send_correction,
)
from visas.applications.copies import versions
from visas.applications.corrections import CHANGES, Part, may_change, pages_to_change, part_of
from visas.applications.corrections_buffer import Buffer
from visas.applications.models import Correction, VisaApplication
from visas.applications.summary import panels
from visas.kind import VisaKind

pytestmark = pytest.mark.django_db

PHONE = {"contact.phone": "+982122334455"}
HOTEL = {"place.name": "Hotel Beacon"}
NAME = {"name.given": "SHIRIN MINA"}


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


@pytest.fixture
def officer(application):
    return PostingFactory(mission=application.mission).user


def fresh(application):
    return VisaApplication.objects.with_sheet().get(pk=application.pk)


def correcting(application, answers, *, declare=True):
    """Return an open correction with these answers."""
    correction = open_correction(fresh(application), by=application.applicant)
    given = {**answers, **(DECLARATION if declare else {})}
    save(correction.after, {name: Entry(value) for name, value in given.items()})
    return correction


def sent(application, answers):
    return send_correction(correcting(application, answers), by=application.applicant, language="en")


# The table


def test_every_state_says_what_may_be_changed():
    assert set(CHANGES) == set(Status)


def test_contact_details_may_be_changed_while_the_case_is_open_and_nothing_afterwards():
    assert all(Part.CONTACT in may_change(status) for status in OPEN)
    assert all(not may_change(status) for status in CLOSED)


def test_who_travels_may_be_changed_until_the_review_begins():
    assert [status for status in Status if Part.IDENTITY in may_change(status)] == [Status.SUBMITTED]


def test_every_question_that_the_table_names_is_asked_somewhere(application):
    from visas.applications import corrections

    asked = application.sheet.revision.document.questions
    assert {*corrections.CONTACT, *corrections.IDENTITY} <= asked.keys()


# Sending


def test_the_corrected_answers_are_those_of_the_application_and_the_earlier_ones_stay(application):
    before = application.sheet
    sent(application, PHONE | HOTEL)
    now = fresh(application)
    assert now.sheet != before
    assert now.sheet.entries()["contact.phone"].value == PHONE["contact.phone"]
    assert now.sheet.frozen_at
    assert before.entries()["contact.phone"].value == tourist()["contact.phone"]
    assert [version.sheet for version in versions(now)] == [before, now.sheet]


def test_the_digest_is_of_what_holds_now_and_the_earlier_copy_is_still_right(application):
    sent(application, PHONE)
    now = fresh(application)
    assert [version.digest for version in versions(now)] == [application.digest, now.digest]
    assert now.digest != application.digest
    entry = AuditEntry.objects.about(now).get(verb="application.corrected")
    assert entry.detail["digest"] == now.digest
    assert entry.detail["questions"] == ["contact.phone"]


def test_what_everybody_after_us_reads_is_written_again(application):
    sent(application, NAME | {"trip.leaves_on": day(72)})
    now = VisaApplication.objects.select_related("traveller", "trip", "case").get(pk=application.pk)
    assert now.traveller.given_names == "SHIRIN MINA"
    assert now.case.name_latin == "AZAD SHIRIN MINA"
    assert list(Case.objects.matching("shirin mina")) == [now.case]
    assert now.trip.leaves_on == day(72)


def test_the_declarations_are_made_anew_and_both_are_kept(application):
    correction = correcting(application, PHONE, declare=False)
    with pytest.raises(NotSendableError):
        send_correction(correction, by=application.applicant, language="en")
    save(correction.after, {name: Entry(value) for name, value in DECLARATION.items()})
    send_correction(correction, by=application.applicant, language="fa")
    assert [len(version.consents) for version in versions(fresh(application))] == [len(DECLARATION)] * 2
    assert application.consents.filter(language="fa").count() == len(DECLARATION)


def test_the_checks_are_owed_again_and_the_officer_is_told(application, officer):
    cases.claim(application.case, by=officer)
    sent(application, HOTEL)
    event = Event.objects.filter(case=application.case).last()
    assert (event.from_status, event.to_status, event.by) == (
        Status.IN_REVIEW,
        Status.IN_REVIEW,
        application.applicant,
    )
    assert Effect.objects.filter(key=f"event:{event.pk}:check").exists()
    assert Message.objects.get(to=officer).template == "cases/corrected"
    assert history(application.case)[-1][1] == "You corrected your answers"


def test_before_anybody_holds_the_case_nobody_is_told(application):
    sent(application, HOTEL)
    assert not Message.objects.filter(template="cases/corrected").exists()


def test_the_officer_sees_old_beside_new(application):
    sent(application, HOTEL)
    shown = VisaKind().panels(fresh(application).case)
    (comparison,) = [panel for panel in shown if panel.is_comparison]
    assert [(row.before, row.value) for row in comparison.rows] == [("Hotel Lantern", "Hotel Beacon")]


def test_another_identity_is_shown_to_the_officer_as_a_check(application):
    case = application.case
    sent(application, HOTEL)
    assert "identity-corrected" not in {
        finding.code for finding in VisaKind().checks(fresh(application).case)
    }
    sent(application, NAME)
    found = {finding.code: finding for finding in VisaKind().checks(fresh(application).case)}
    assert found["identity-corrected"].evidence == {"given_names": "SHIRIN | SHIRIN MINA"}
    cases.run_checks(Case.objects.get(pk=case.pk))
    assert case.checks.get(code="identity-corrected").result == "look"


def test_sent_twice_it_is_sent_once(application):
    correction = correcting(application, PHONE)
    for _ in range(2):
        send_correction(correction, by=application.applicant, language="en")
    assert Event.objects.filter(case=application.case).count() == 2


def test_without_a_change_nothing_is_sent(application):
    with pytest.raises(NotSendableError):
        sent(application, {})


@pytest.mark.parametrize(
    "answers",
    [
        {"trip.leaves_on": day(59)},  # before the arrival
        {"passport.expires_on": day(80)},  # too early for the trip
        {"trip.lodging": "host"},  # asks for who that is
        {"name.surname": None},
    ],
)
def test_what_is_wrong_or_missing_is_not_sent_and_not_lost(application, answers):
    correction = correcting(application, answers)
    with pytest.raises(NotSendableError) as refusal:
        send_correction(correction, by=application.applicant, language="en")
    assert refusal.value.buffer.outcome.obstacles
    name, value = next(iter(answers.items()))
    assert correction.after.entries()[name].value == value
    assert fresh(application).sheet == application.sheet


def test_that_time_has_passed_does_not_stand_in_the_way(application, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(days=65))
    sent(application, PHONE)
    assert fresh(application).sheet.entries()["contact.phone"].value == PHONE["contact.phone"]


# Races


def test_a_decision_meanwhile_refuses_the_correction_and_loses_nothing(application, officer):
    correction = correcting(application, PHONE)
    cases.claim(application.case, by=officer)
    cases.decide(application.case, by=officer, outcome=Decided.APPROVE, conditions=conditions())
    with pytest.raises(RefusedError):
        send_correction(correction, by=application.applicant, language="en")
    correction.refresh_from_db()
    assert correction.sent_at is None
    assert correction.after.entries()["contact.phone"].value == PHONE["contact.phone"]


def test_a_review_that_began_meanwhile_refuses_another_name_and_the_rest_can_be_kept(application, officer):
    correction = correcting(application, NAME | PHONE)
    cases.claim(application.case, by=officer)
    with pytest.raises(NotSendableError) as refusal:
        send_correction(correction, by=application.applicant, language="en")
    refused = refusal.value.buffer.outcome.refused(Status.IN_REVIEW)
    assert [change.question.id for change in refused] == ["name.given"]
    put_back(correction, [change.question.id for change in refused])
    send_correction(correction, by=application.applicant, language="en")
    answers = fresh(application).sheet.entries()
    assert (answers["name.given"].value, answers["contact.phone"].value) == ("SHIRIN", PHONE["contact.phone"])


@pytest.mark.django_db(transaction=True)
def test_a_decision_and_a_correction_at_the_same_moment_do_not_both_happen(applicant):
    application = submitted_application(applicant=applicant)
    officer = PostingFactory(mission=application.mission).user
    cases.claim(application.case, by=officer)
    correction = correcting(application, PHONE)

    def act(what):
        try:
            what()
        except RefusedError:
            return "refused"
        finally:
            connection.close()
        return "done"

    def decide():
        case = Case.objects.get(pk=application.case.pk)
        cases.decide(case, by=officer, outcome=Decided.APPROVE, conditions=conditions())

    def send():
        send_correction(Correction.objects.get(pk=correction.pk), by=applicant, language="en")

    with ThreadPoolExecutor(2) as pool:
        decided, corrected = pool.map(act, [decide, send])
    assert decided == "done"
    order = list(Event.objects.filter(case=application.case).values_list("to_status", flat=True))
    assert order[-1] == Status.APPROVED
    assert (Correction.objects.get(pk=correction.pk).sent_at is not None) == (corrected == "done")


# The buffer


def test_one_correction_is_open_at_a_time(application):
    first = open_correction(fresh(application), by=application.applicant)
    assert open_correction(fresh(application), by=application.applicant) == first


def test_a_correction_thrown_away_changes_nothing(application):
    correction = correcting(application, PHONE)
    discard_correction(correction, by=application.applicant)
    assert not Correction.objects.exists()
    assert fresh(application).sheet == application.sheet
    assert fresh(application).digest == application.digest


def test_a_correction_that_was_sent_cannot_be_thrown_away(application):
    correction = correcting(application, PHONE)
    send_correction(correction, by=application.applicant, language="en")
    discard_correction(correction, by=application.applicant)
    assert Correction.objects.filter(pk=correction.pk, sent_at__isnull=False).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.all().delete()


def test_a_stranger_corrects_nothing(application, stranger):
    with pytest.raises(RefusedError):
        open_correction(fresh(application), by=stranger)


def test_what_was_submitted_reads_the_same_after_a_correction(application):
    before = panels(fresh(application))
    (first,) = versions(fresh(application))
    content = first.content
    sent(application, PHONE | NAME | HOTEL)
    assert panels(fresh(application)) != before
    assert versions(fresh(application))[0].content == content


# Whatever is answered

SOME_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "contact.phone": st.sampled_from(["+982122334455", None]),
        "contact.address": st.sampled_from(["1 Harbour Street\nSabel", "3 Mole"]),
        "name.given": st.sampled_from(["SHIRIN", "MINA", None]),
        "passport.number": st.sampled_from(["N1234567", "N7654321"]),
        "trip.lodging": st.sampled_from(["booked", "host"]),
        "host.name": st.just("M"),
        "host.address": st.just("A"),
        "host.phone": st.just("+442079460000"),
        "trip.leaves_on": st.integers(55, 90).map(day),
        "paying.by": st.sampled_from(["self", "sponsor"]),
        "work.occupation": st.sampled_from(["retired", "student"]),
    },
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=SOME_ANSWERS, status=st.sampled_from(list(Status)))
def test_whatever_is_answered_only_what_the_table_allows_is_sent(application, answers, status):
    with transaction.atomic():
        correction = correcting(application, answers)
        buffer = Buffer.of(fresh(application), correction)
        outcome, allowed = buffer.outcome, may_change(status)
        if buffer.may_be_sent(status):
            assert outcome.changes
            assert {part_of(change.question.id) for change in outcome.changes} <= allowed
            assert not outcome.after.open_pages()
        for page in pages_to_change(outcome.after, status):
            assert any(part_of(question.id) in allowed for question in page.questions)
        for change in outcome.changes:
            assert change.question.id not in answers or change.now == answers[change.question.id]
        first = versions(fresh(application))[0].content
        if buffer.may_be_sent(Status.SUBMITTED):
            send_correction(correction, by=application.applicant, language="en")
            kept = versions(fresh(application))
            assert kept[0].content == first
            assert kept[-1].record["answers"].keys() <= outcome.after.asked_ids()
        transaction.set_rollback(True)
