from datetime import date, timedelta

import pytest

from consular.cases.models import Attachment
from consular.cases.status import CheckResult
from tests.factories.applications import submitted_application, tourist
from tests.factories.documents import CleanDocumentFactory, DocumentFactory, RefusedDocumentFactory
from visas.applications import checks
from visas.applications.models import Traveller

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


def reading(application, **other):
    """Return what the passport of this traveller says, as the pipeline keeps it."""
    person = application.traveller
    return {
        "lines": [
            "P<QNRAZAD<<SHIRIN<<<<<<<<<<<<<<<<<<<<<<<<<<<",
            "N1234567<0QNR9005178F3205161<<<<<<<<<<<<<<00",
        ],
        "surname": person.surname,
        "given_names": person.given_names,
        "number": person.passport_number,
        "nationality": person.nationality,
        "birth_on": person.birth_on.isoformat(),
        "sex": person.sex,
        "expires_on": person.passport_expires_on.isoformat(),
        **other,
    }


def finding(application, code):
    return next(found for found in checks.all_checks(application) if found.code == code)


def test_a_passport_that_was_not_read_asks_the_officer_to_look(application):
    assert finding(application, "passport-read").result == CheckResult.LOOK


def test_a_passport_that_says_what_was_answered_agrees(application):
    assert checks.passport_agrees(application.traveller, reading(application)).result == CheckResult.PASSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "X7654321"),
        ("nationality", "UTO"),
        ("birth_on", "1991-05-17"),
        ("sex", "M"),
        ("expires_on", "2030-01-01"),
        ("surname", "SAZAD"),
        ("given_names", "MARYAM"),
    ],
)
def test_each_difference_is_shown_side_by_side(application, field, value):
    found = checks.passport_agrees(application.traveller, reading(application, **{field: value}))
    assert found.result == CheckResult.FAILED
    said, read = found.evidence[field].split(" | ")
    assert read == value
    assert said != read


def test_a_traveller_with_one_name_agrees_with_a_passport_with_one_name(application):
    Traveller.objects.update(surname="AZAD", given_names="")
    application.traveller.refresh_from_db()
    found = checks.passport_agrees(application.traveller, reading(application, given_names=""))
    assert found.result == CheckResult.PASSED


@pytest.mark.parametrize(("days", "result"), [(-1, CheckResult.FAILED), (0, CheckResult.PASSED)])
def test_the_passport_must_last_as_long_as_the_law_says(application, days, result):
    needed = checks.policy.passport_must_be_valid_until(application.trip.leaves_on)
    application.traveller.passport_expires_on = needed + timedelta(days=days)
    assert checks.passport_validity(application).result == result


@pytest.mark.parametrize(
    ("factory", "result"),
    [
        (CleanDocumentFactory, CheckResult.PASSED),
        (DocumentFactory, CheckResult.LOOK),
        (RefusedDocumentFactory, CheckResult.FAILED),
    ],
)
def test_documents_count_when_they_are_clean(application, factory, result):
    document = factory(owner=application.applicant)
    Attachment.objects.create(case=application.case, document=document, purpose="means")
    assert checks.documents(application.case).result == result


def test_a_longer_stay_than_the_law_allows_fails(application):
    application.trip.days = 400
    assert checks.stay(application).result == CheckResult.FAILED


def test_another_case_with_the_same_passport_is_named(application):
    other = submitted_application()
    found = checks.earlier(application)
    assert found.result == CheckResult.LOOK
    assert list(found.evidence) == [other.case.spaced_reference]


def test_every_code_has_words(application):
    from visas.kind import VisaKind

    for found in checks.all_checks(application):
        assert VisaKind().check_label(found.code) != found.code


def test_a_first_application_has_no_earlier_ones(applicant):
    lone = submitted_application(applicant=applicant, answers=tourist() | {"passport.number": "L0000001"})
    assert checks.earlier(lone).result == CheckResult.PASSED
    assert isinstance(lone.traveller.birth_on, date)
