"""The list of cases and the queues: one's own missions, searched and filtered, at a steady price."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consular.cases.models import Case
from consular.cases.status import Status
from consular.desk import paging
from consular.desk.queues import QUEUES
from consular.missions.models import Role
from tests.factories.cases import CaseFactory
from tests.factories.missions import PostingFactory

pytestmark = pytest.mark.django_db

LIST = "admin:cases_case_changelist"


def listed(client, **query):
    answer = client.get(reverse(LIST), query)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


@pytest.fixture
def elsewhere(other_mission):
    return CaseFactory(mission=other_mission, name_latin="AZAD ELSEWHERE")


def test_the_list_holds_the_cases_of_ones_own_missions(
    held, elsewhere, signed_in, officer, officer_elsewhere
):
    assert listed(signed_in(officer)) == [held]
    assert listed(signed_in(officer_elsewhere)) == [elsewhere]


def test_a_superuser_without_a_posting_sees_no_case(held, signed_in, superuser):
    answer = signed_in(superuser).get(reverse(LIST))
    assert answer.status_code == 404


@pytest.mark.parametrize("text", ["AZAD", "shirin", "آزاد", "{reference}", "{spaced}", "{lower}"])
def test_a_case_is_found_by_reference_and_by_either_name(held, elsewhere, signed_in, officer, text):
    text = text.format(
        reference=held.reference, spaced=held.spaced_reference, lower=held.spaced_reference.lower()
    )
    assert listed(signed_in(officer), q=text) == [held]


def test_another_missions_case_is_not_found_by_its_reference(elsewhere, signed_in, officer):
    assert listed(signed_in(officer), q=elsewhere.reference) == []


@pytest.fixture
def bench(mission, officer, other_officer):
    """Return cases by the queue of `officer` in which they alone should stand besides `open`."""
    day = timezone.localdate()
    waiting = {"mission": mission, "claimed_at": timezone.now()}
    cases = {
        "mine": CaseFactory(officer=officer, status=Status.IN_REVIEW, **waiting),
        "unclaimed": CaseFactory(mission=mission),
        "applicant": CaseFactory(officer=other_officer, status=Status.AWAITING_APPLICANT, **waiting),
        "second": CaseFactory(officer=other_officer, status=Status.AWAITING_DECISION, **waiting),
        "overdue": CaseFactory(
            officer=other_officer, status=Status.IN_REVIEW, due_on=day - timedelta(days=1), **waiting
        ),
    }
    CaseFactory(officer=officer, status=Status.APPROVED, due_on=day - timedelta(days=1), **waiting)
    cases["second"].recommendations.create(outcome="approve", reason="Yes.", by=other_officer)
    return cases


def test_each_queue_holds_what_it_says(bench, signed_in, officer):
    for queue in QUEUES[:-1]:
        assert listed(signed_in(officer), queue=queue.code) == [bench[queue.code]], queue.code
    assert set(listed(signed_in(officer), queue="open")) == set(bench.values())


def test_a_case_that_one_recommended_on_is_for_another_second_person(bench, signed_in, other_officer):
    assert listed(signed_in(other_officer), queue="second") == []


def test_filters_are_questions_with_a_few_answers(bench, signed_in, officer, mission):
    client = signed_in(officer)
    assert listed(client, state="awaiting_applicant") == [bench["applicant"]]
    assert listed(client, due="today") == [bench["overdue"]]
    assert len(listed(client, mission=mission.code)) == 6
    assert len(listed(client, queue="nonsense", state="")) == 6


def test_who_serves_at_two_missions_chooses_one(held, elsewhere, signed_in, officer, other_mission):
    PostingFactory(user=officer, mission=other_mission)
    client = signed_in(officer)
    assert set(listed(client)) == {held, elsewhere}
    assert listed(client, mission=other_mission.code) == [elsewhere]


def test_the_count_stops_where_nobody_looks_any_more(monkeypatch, mission, signed_in, officer):
    CaseFactory.create_batch(4, mission=mission)
    monkeypatch.setattr(paging, "CAP", 3)
    assert signed_in(officer).get(reverse(LIST)).context["cl"].result_count == 3


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_whatever_its_length(
    rows, mission, signed_in, officer, django_assert_max_num_queries
):
    CaseFactory.create_batch(rows, mission=mission, held=True)
    client = signed_in(officer)
    with django_assert_max_num_queries(14):
        assert len(listed(client)) == rows


def test_the_next_case_is_claimed_and_opened(mission, signed_in, officer):
    later, first = (
        CaseFactory(mission=mission, due_on=timezone.localdate() + timedelta(days=days)) for days in (9, 2)
    )
    client = signed_in(officer)
    answer = client.post(reverse("admin:desk:case_next"))
    assert answer.url == reverse("admin:desk:case_detail", args=[first.reference])
    assert Case.objects.get(pk=first.pk).officer == officer
    client.post(reverse("admin:desk:case_next"))
    assert Case.objects.get(pk=later.pk).officer == officer
    answer = client.post(reverse("admin:desk:case_next"), follow=True)
    assert "Nothing is waiting" in answer.content.decode()


def test_there_is_no_next_case_by_get(signed_in, officer, received):
    assert signed_in(officer).get(reverse("admin:desk:case_next")).status_code == 405


def test_the_first_page_counts_the_officers_own_queues(bench, signed_in, officer):
    page = signed_in(officer).get(reverse("admin:index"))
    counts = {row.queue.code: row.count for row in page.context["queues"]}
    assert counts == {"mine": 1, "unclaimed": 1, "applicant": 1, "second": 1, "overdue": 1, "open": 5}


def test_who_is_posted_nowhere_is_told_so(signed_in, mission):
    idle = PostingFactory(
        mission=mission, role=Role.OFFICER, ends_on=timezone.localdate() - timedelta(days=1)
    ).user
    assert "not posted at a mission" in signed_in(idle).get(reverse("admin:index")).content.decode()
