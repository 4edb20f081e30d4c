"""Who may see a case, and why somebody may not do something: in words that a page can show."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consular.cases import actions, rules
from consular.cases.status import Act, Obstacle, Outcome, Status
from consular.missions.models import Posting, Role
from tests.consular.cases.conftest import fresh, put
from tests.factories.cases import CaseFactory
from tests.factories.missions import PostingFactory

pytestmark = pytest.mark.django_db


def test_staff_of_the_mission_see_the_case_and_nobody_else(
    received, applicant, stranger, officer, other_officer, consul, auditor, officer_elsewhere, superuser
):
    people = [
        applicant,
        stranger,
        officer,
        other_officer,
        consul,
        auditor,
        officer_elsewhere,
        superuser,
        AnonymousUser(),
    ]
    assert [user for user in people if rules.may_see(user, received)] == [
        officer,
        other_officer,
        consul,
        auditor,
    ]


def test_an_auditor_looks_and_does_not_touch(received, auditor):
    assert rules.may_see(auditor, received)
    assert not rules.may_work_on(auditor, received)
    assert {rules.obstacle(act, auditor, received) for act in (Act.CLAIM, Act.NOTE)} == {Obstacle.LOOK_ONLY}


def test_an_officer_who_applies_is_a_stranger_to_their_own_case(mission, officer):
    own = CaseFactory(mission=mission, applicant=officer)
    assert not rules.may_see(officer, own)
    assert rules.obstacle(Act.CLAIM, officer, own) == Obstacle.LOOK_ONLY
    assert rules.may(Act.WITHDRAW, officer, own)


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-10, -1)])
def test_a_posting_that_has_not_begun_or_is_over_opens_nothing(received, mission, starts, ends):
    today = timezone.localdate()
    posting = PostingFactory(
        mission=mission,
        starts_on=today + timedelta(days=starts),
        ends_on=ends and today + timedelta(days=ends),
    )
    assert not rules.may_see(posting.user, received)


def test_a_posting_opens_on_its_last_day(received, mission):
    posting = PostingFactory(mission=mission, ends_on=timezone.localdate())
    assert rules.may_see(posting.user, received)


def test_an_account_that_was_switched_off_opens_nothing(received, officer):
    officer.is_active = False
    assert not rules.may_see(officer, received)


def test_a_posting_without_staff_rights_opens_nothing(received, mission, stranger):
    Posting.objects.create(user=stranger, mission=mission, role=Role.CONSUL)
    assert not rules.may_see(stranger, received)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_there_is_an_answer_for_every_act_person_and_state(
    status, act, held, applicant, officer, consul, auditor
):
    case = put(held, status)
    for person in (applicant, officer, consul, auditor, AnonymousUser()):
        assert rules.obstacle(act, person, case) in {None, *Obstacle}


CASES = [
    (Act.CLAIM, Status.IN_REVIEW, "officer", Obstacle.HELD_BY_YOU),
    (Act.CLAIM, Status.IN_REVIEW, "other_officer", Obstacle.HELD),
    (Act.CLAIM, Status.APPROVED, "other_officer", Obstacle.CLOSED),
    (Act.CLAIM, Status.AWAITING_DECISION, "other_officer", Obstacle.NOT_NOW),
    (Act.RELEASE, Status.IN_REVIEW, "officer", None),
    (Act.RELEASE, Status.IN_REVIEW, "other_officer", Obstacle.NOT_THE_HOLDER),
    (Act.RELEASE, Status.AWAITING_APPLICANT, "officer", Obstacle.NOT_NOW),
    (Act.TAKE_OVER, Status.AWAITING_APPLICANT, "consul", None),
    (Act.TAKE_OVER, Status.AWAITING_APPLICANT, "other_officer", Obstacle.NOT_THE_CONSUL),
    (Act.TAKE_OVER, Status.REFUSED, "consul", Obstacle.CLOSED),
    (Act.NOTE, Status.REFUSED, "other_officer", None),
    (Act.NOTE, Status.IN_REVIEW, "applicant", Obstacle.LOOK_ONLY),
    (Act.ASK, Status.IN_REVIEW, "officer", None),
    (Act.ASK, Status.IN_REVIEW, "consul", Obstacle.NOT_THE_HOLDER),
    (Act.ASK, Status.AWAITING_APPLICANT, "officer", Obstacle.NOT_NOW),
    (Act.TAKE_BACK, Status.AWAITING_APPLICANT, "officer", None),
    (Act.TAKE_BACK, Status.AWAITING_APPLICANT, "applicant", Obstacle.LOOK_ONLY),
    (Act.RECOMMEND, Status.IN_REVIEW, "officer", None),
    (Act.APPROVE, Status.IN_REVIEW, "officer", None),
    (Act.APPROVE, Status.IN_REVIEW, "other_officer", Obstacle.NOT_THE_HOLDER),
    (Act.APPROVE, Status.AWAITING_APPLICANT, "officer", Obstacle.NOT_NOW),
    (Act.REFUSE, Status.IN_REVIEW, "officer", Obstacle.NOT_RECOMMENDED),
    (Act.SEND_BACK, Status.IN_REVIEW, "consul", Obstacle.NOT_NOW),
    (Act.ANSWER, Status.AWAITING_APPLICANT, "applicant", None),
    (Act.ANSWER, Status.AWAITING_APPLICANT, "officer", Obstacle.NOT_THE_APPLICANT),
    (Act.ANSWER, Status.IN_REVIEW, "applicant", Obstacle.NOT_NOW),
    (Act.WITHDRAW, Status.IN_REVIEW, "applicant", None),
    (Act.WITHDRAW, Status.APPROVED, "applicant", Obstacle.CLOSED),
    (Act.WITHDRAW, Status.IN_REVIEW, "stranger", Obstacle.NOT_THE_APPLICANT),
]


@pytest.mark.parametrize(("act", "status", "who", "why"), CASES)
def test_a_page_can_say_why_not(act, status, who, why, held, request):
    assert rules.obstacle(act, request.getfixturevalue(who), put(held, status)) == why


def test_a_case_that_nobody_holds_is_to_be_claimed_first(received, officer, consul):
    assert rules.obstacle(Act.CLAIM, officer, received) is None
    assert rules.obstacle(Act.TAKE_OVER, consul, received) == Obstacle.UNCLAIMED
    assert rules.obstacle(Act.RECOMMEND, officer, received) == Obstacle.NOT_NOW


def test_a_second_person_decides_what_was_recommended(recommended, officer, consul, auditor):
    assert rules.obstacle(Act.REFUSE, consul, recommended) is None
    assert rules.obstacle(Act.APPROVE, consul, recommended) is None
    assert rules.obstacle(Act.REFUSE, officer, recommended) == Obstacle.HAS_RECOMMENDED
    assert rules.obstacle(Act.REFUSE, auditor, recommended) == Obstacle.LOOK_ONLY


def test_one_person_alone_never_wants_a_refusal(held, officer, consul):
    actions.recommend(held, by=officer, outcome=Outcome.APPROVE, reason="All is well.")
    assert rules.obstacle(Act.REFUSE, consul, fresh(held)) == Obstacle.APPROVAL_RECOMMENDED


def test_an_officer_whose_recommendation_came_back_never_decides(recommended, officer, consul):
    case = actions.send_back(recommended, by=consul, reason="Ask about the means.")
    assert rules.obstacle(Act.APPROVE, officer, case) == Obstacle.HAS_RECOMMENDED
    assert rules.obstacle(Act.RECOMMEND, officer, case) is None


@pytest.mark.parametrize("obstacle", Obstacle)
def test_an_obstacle_is_a_whole_sentence(obstacle):
    assert str(obstacle.label).endswith(".")
