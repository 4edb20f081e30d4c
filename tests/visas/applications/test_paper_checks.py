"""What papers say beside the answers: days, cover, names; told to the applicant and shown to the officer."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consular.cases.status import CheckResult
from consular.documents import actions as documents
from embassy.demo import specimen_papers
from tests.factories.applications import complete, submitted_application
from visas.applications import paper_checks
from visas.applications.draft import Draft
from visas.applications.models import Evidence, VisaApplication
from visas.kind import VisaKind

pytestmark = pytest.mark.django_db

HOLDER = "Shirin Azad"


def handed_in(application, content, purpose="means", owner=None):
    """Hand a PDF in with an application, examined."""
    owner = owner or application.applicant
    document = documents.store(SimpleUploadedFile("paper.pdf", content), owner=owner, kind="supporting")
    documents.process(document)
    document.refresh_from_db()
    if application.case:
        application.case.attachments.create(document=document, purpose=purpose)
    else:
        Evidence.objects.filter(application=application, purpose=purpose).delete()
        Evidence.objects.create(application=application, document=document, purpose=purpose)
    return document


def statement(*, days_old, holder=HOLDER):
    until = timezone.localdate() - dt.timedelta(days_old)
    return specimen_papers.bank_statement_pdf(holder, until=until)


def advice(application, purpose="means"):
    draft = Draft.of(VisaApplication.objects.get(pk=application.pk))
    return paper_checks.of_draft(draft).get(purpose, [])


@pytest.fixture
def full(draft):
    return complete(draft)


def test_a_new_statement_in_the_travellers_name_needs_no_advice(full):
    handed_in(full, statement(days_old=3))
    assert advice(full) == []


def test_an_old_statement_is_told_with_its_day_and_place(full, client, at):
    handed_in(full, statement(days_old=200))
    [sentence] = advice(full)
    assert "paper.pdf" in sentence
    assert "page 1, at the" in sentence
    assert "We ask for a paper that is newer than" in client.get(at("documents")).content.decode()
    assert "We ask for a paper that is newer than" in client.get(at("document", "means")).content.decode()


def test_somebody_elses_statement_is_told(full):
    handed_in(full, statement(days_old=3, holder="Kian Noor"))
    assert ["we did not find your name" in each for each in advice(full)] == [True]


def test_an_insurance_that_ends_before_the_trip_is_told(full):
    lines = [
        f"Insured: {HOLDER}, born in Sabel, for all of her journeys to Velmaris.",
        "Valid from 1 March 2026 to 3 March 2026.",
    ]
    handed_in(full, specimen_papers.letter_pdf("Travel insurance", lines), purpose="itinerary")
    [sentence] = advice(full, "itinerary")
    assert "3 March 2026" in sentence
    assert "must hold until then" in sentence


def test_the_officer_sees_the_same_with_the_place_on_the_page(applicant):
    application = submitted_application(applicant=applicant)
    handed_in(application, statement(days_old=200, holder="Kian Noor"))
    found = {each.code: each for each in paper_checks.checks(application)}
    assert found["paper-old"].result == found["paper-no-name"].result == CheckResult.LOOK
    handed_in(
        application,
        specimen_papers.letter_pdf("Letter", [f"{HOLDER} works for us. " * 10]),
        purpose="itinerary",
    )
    found = {each.code: each for each in paper_checks.checks(application)}
    place = VisaKind().check_label(found["paper-named"].evidence["itinerary"])
    assert (found["paper-named"].result, place) == (CheckResult.PASSED, "page 1, at the top")


def test_papers_without_text_cost_no_query(full, django_assert_num_queries):
    draft = Draft.of(full)
    assert draft.checklist.items
    with django_assert_num_queries(0):
        assert paper_checks.of_draft(draft) == {}
