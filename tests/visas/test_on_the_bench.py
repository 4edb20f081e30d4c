"""A real visa application on the officers' bench, from the page to the decision."""

import pytest
from django.urls import reverse

from consular.cases import actions
from consular.cases.models import Case
from consular.cases.status import Status
from consular.outbox.models import Effect
from tests.factories.applications import (
    VisaMissionFactory,
    day,
    ensure_law,
    submitted_application,
    tourist,
)
from tests.factories.cases import CaseFactory
from tests.factories.missions import PostingFactory
from visas.kind import VisaKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    VisaMissionFactory()
    return submitted_application().case


@pytest.fixture
def officer(case):
    officer = PostingFactory(mission=case.mission).user
    actions.claim(case, by=officer)
    return officer


def address(name, case):
    return reverse(f"admin:desk:{name}", args=[case.reference])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_case_page_shows_the_answers_and_the_checks(signed_in, case, officer, language):
    actions.run_checks(case)
    answer = signed_in(officer).get(address("case_detail", case).replace("/en/", f"/{language}/"))
    assert answer.status_code == 200
    page = answer.context["page"]
    assert page.panels
    assert {row.check.code for row in page.checks} >= {"passport-validity", "documents", "stay"}
    shown = [each.label for row in page.checks for each in row.evidence if each.label]
    assert not set(shown) & {"expires", "needed", "asked", "longest", "number"}


def test_an_officer_approves_with_the_dates_that_were_asked_for(signed_in, case, officer):
    client = signed_in(officer)
    form = client.get(address("case_approve", case)).context["form"]
    trip = case.application.trip
    assert [form[name].value() for name in ("valid_from", "valid_until", "entries", "stay_days")] == [
        trip.arrives_on, trip.leaves_on, trip.entries, trip.days,
    ]  # fmt: skip
    data = {"entries": trip.entries, "stay_days": trip.days}
    for name, date in (("valid_from", trip.arrives_on), ("valid_until", trip.leaves_on)):
        data |= {f"{name}_day": date.day, f"{name}_month": date.month, f"{name}_year": date.year}
    client.post(address("case_approve", case), data)
    decided = Case.objects.get(pk=case.pk)
    assert decided.status == Status.APPROVED
    assert decided.decision.conditions["valid_from"] == trip.arrives_on.isoformat()
    assert Effect.objects.filter(topic__startswith="issuance.").exists()


def test_the_form_of_one_case_knows_nothing_of_another(case):
    other = submitted_application(
        answers={**tourist(), "trip.arrives_on": day(90), "trip.leaves_on": day(99)}
    ).case
    kind = VisaKind()
    first = kind.decision_form(case)
    kind.decision_form(other)
    assert first()["valid_from"].value() == case.application.trip.arrives_on


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("page", ["admin:cases_case_changelist", "portal:home"])
def test_a_list_asks_the_law_once_whatever_its_length(
    signed_in, mission, applicant, page, rows, django_assert_num_queries
):
    ensure_law()
    CaseFactory.create_batch(rows, mission=mission, applicant=applicant)
    client = signed_in(PostingFactory(mission=mission).user if page.startswith("admin") else applicant)
    client.get(reverse(page))
    with django_assert_num_queries(10 if page.startswith("admin") else 7):
        assert client.get(reverse(page)).status_code == 200
