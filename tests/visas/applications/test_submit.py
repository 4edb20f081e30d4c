"""Submitting: once, completely, for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from consular.audit.models import Entry as AuditEntry
from consular.cases.models import Case
from consular.documents.models import Document
from consular.questionnaires.actions import SheetIsFrozenError
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    day,
    hand_in,
    passenger,
    submitted_application,
    tourist,
)
from tests.factories.documents import DocumentFactory, RefusedDocumentFactory
from visas.applications.actions import NotReadyError, submit
from visas.applications.draft import Draft
from visas.applications.models import Evidence, VisaApplication
from visas.applications.summary import panels

pytestmark = pytest.mark.django_db


def declared(draft, answers=None):
    return answer(complete(draft, answers), DECLARATION)


def test_a_complete_draft_becomes_a_case(draft, applicant):
    case = submit(declared(draft), by=applicant, language="fa")
    draft.refresh_from_db()
    assert draft.case == case
    assert draft.submitted_at
    assert (case.kind, case.category, case.mission, case.applicant) == (
        "visa",
        "TV",
        draft.mission,
        applicant,
    )
    assert (case.name_latin, case.name_native, case.nationality) == ("AZAD SHIRIN", "شیرین آزاد", "QNR")
    assert case.language == "fa"
    assert case.due_on > day(0)
    assert AuditEntry.objects.about(draft).last().verb == "application.submitted"


def test_the_case_gets_the_documents_with_their_purpose(draft, applicant):
    case = submit(declared(draft), by=applicant, language="en")
    assert [each.purpose for each in case.attachments.all()] == ["passport", "photo", "itinerary", "means"]


def test_what_was_submitted_is_kept_as_rows(draft, applicant):
    submit(declared(draft), by=applicant, language="en")
    draft.refresh_from_db()
    person, trip = draft.traveller, draft.trip
    assert (person.surname, person.given_names, person.sex, person.passport_number) == (
        "AZAD",
        "SHIRIN",
        "F",
        "N1234567",
    )
    assert (trip.purpose, trip.arrives_on, trip.leaves_on, trip.entries, trip.days) == (
        "tourism",
        day(60),
        day(70),
        "1",
        11,
    )


def test_a_traveller_with_one_name_has_a_surname(draft, applicant):
    submit(declared(draft, tourist() | {"name.given": None}), by=applicant, language="en")
    draft.refresh_from_db()
    assert draft.traveller.name_latin == "AZAD"


def test_a_transit_has_one_entry_and_needs_no_lodging():
    application = submitted_application(answers=passenger(), category="TR")
    assert (application.trip.entries, application.trip.days) == ("1", 2)


def test_submitted_twice_it_is_the_same_case(draft, applicant):
    first = submit(declared(draft), by=applicant, language="en")
    assert submit(draft, by=applicant, language="en") == first
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_the_same_moment_make_one_case(applicant):
    draft = declared(VisaApplicationFactory(applicant=applicant))

    def at_once(_):
        try:
            return submit(VisaApplication.objects.get(pk=draft.pk), by=applicant, language="en").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        cases = set(pool.map(at_once, range(4)))
    assert cases == {Case.objects.get().pk}


@pytest.mark.parametrize("missing", ["name.surname", "passport.number", "trip.lodging", "place.address"])
def test_an_incomplete_draft_is_not_submitted(draft, applicant, missing):
    answers = {name: value for name, value in tourist().items() if name != missing}
    with pytest.raises(NotReadyError) as refusal:
        submit(declared(draft, answers), by=applicant, language="en")
    assert not refusal.value.draft.is_ready
    assert not Case.objects.exists()


def test_without_the_declaration_it_is_not_submitted(draft, applicant):
    with pytest.raises(NotReadyError) as refusal:
        submit(complete(draft), by=applicant, language="en")
    assert refusal.value.draft.is_ready
    assert not refusal.value.draft.is_declared


def test_a_passport_that_ends_too_early_is_not_submitted(draft, applicant):
    answers = tourist() | {"passport.expires_on": day(100)}
    with pytest.raises(NotReadyError) as refusal:
        submit(declared(draft, answers), by=applicant, language="en")
    assert [page.id for page in refusal.value.draft.open_pages] == ["passport"]


def with_document(draft, document):
    answer(draft, tourist() | DECLARATION)
    hand_in(draft, "photo", "itinerary", "means")
    Evidence.objects.create(application=draft, document=document, purpose="passport")
    return draft


def test_a_file_that_is_still_being_checked_does_not_stand_in_the_way(draft, applicant):
    waiting = DocumentFactory(owner=applicant, kind="passport")
    assert submit(with_document(draft, waiting), by=applicant, language="en").attachments.count() == 4


def test_a_file_that_was_refused_does(draft, applicant):
    refused = RefusedDocumentFactory(owner=applicant, kind="passport")
    with pytest.raises(NotReadyError) as refusal:
        submit(with_document(draft, refused), by=applicant, language="en")
    assert [item.wanted.code for item in refusal.value.draft.open_items] == ["passport"]


def test_what_is_not_asked_any_more_is_not_submitted(draft, applicant):
    complete(
        draft,
        tourist()
        | {"trip.lodging": "host", "host.name": "M", "host.address": "A", "host.phone": "+442079460000"},
    )
    letter = draft.evidence.get(purpose="invitation").document
    answer(draft, {"trip.lodging": "booked", **DECLARATION})
    case = submit(draft, by=applicant, language="en")
    kept = set(draft.sheet.answers.values_list("question", flat=True))
    assert not {name for name in kept if name.startswith("host.")}
    assert "invitation" not in {each.purpose for each in case.attachments.all()}
    assert Document.objects.get(pk=letter.pk).removed_at


def test_after_submission_nothing_can_be_saved(draft, applicant):
    submit(declared(draft), by=applicant, language="en")
    with pytest.raises(SheetIsFrozenError):
        answer(draft, {"name.surname": "OTHER"})


def test_a_submitted_application_reads_the_same_years_later(draft, applicant, time_machine):
    submit(declared(draft), by=applicant, language="en")
    draft = VisaApplication.objects.get(pk=draft.pk)
    before = panels(draft)
    time_machine.move_to("2060-01-01")
    assert panels(VisaApplication.objects.get(pk=draft.pk)) == before


def test_the_officer_reads_the_answers_in_their_language(draft, applicant):
    submit(declared(draft), by=applicant, language="en")
    shown = {
        panel.title: {row.label: row.value for row in panel.rows}
        for panel in panels(VisaApplication.objects.get(pk=draft.pk))
    }
    assert shown["Your names"] == {
        "Surname": "AZAD",
        "Given names": "SHIRIN",
        "Full name in your own script": "شیرین آزاد",
    }
    assert shown["Who pays for the trip"]["How will you pay?"] == "Bank or credit card"
    assert shown["Application"]["Country of residence"] == "Naruvia"
    assert "Parent or guardian" not in shown


def test_a_minor_needs_a_guardian_and_their_consent(draft):
    answer(draft, tourist() | {"birth.on": day(-3000)})
    known = Draft.of(draft)
    assert [page.id for page in known.open_pages] == ["guardian"]
    assert "parents-consent" in {item.wanted.code for item in known.checklist.items}


def test_the_database_holds_that_a_submitted_application_has_a_case(draft):
    with pytest.raises(IntegrityError, match="application_submitted_has_a_case"), transaction.atomic():
        VisaApplication.objects.filter(pk=draft.pk).update(submitted_at="2026-01-01T00:00Z")
