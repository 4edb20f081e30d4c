"""Whatever officers and applicant do, in whatever order: two pairs of eyes, one decision, no way back."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import sampled_from

from consular.cases import actions
from consular.cases.actions import RefusedError, Wanted
from consular.cases.models import Decision, Event, Recommendation
from consular.cases.status import CLAIMABLE, CLOSED, MOVES, Outcome, Status
from consular.missions.models import Role
from tests.consular.cases.conftest import fresh
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.kinds import SampleKind, installed
from tests.factories.missions import MissionFactory, PostingFactory

COLLEAGUES = sampled_from(["officer", "other_officer", "consul"])
ANYBODY = sampled_from(["applicant", "officer", "other_officer", "consul", "auditor", "elsewhere"])
ACTS_OF_A_BENCH = {
    "claim", "release", "take_over", "ask", "answer", "take_back", "recommend_refusal", "recommend_approval",
    "send_back", "approve", "refuse", "withdraw",
}  # fmt: skip


PHASES = [Phase.reuse, Phase.generate]  # Fifteen steps are read faster than they are shrunk


class Bench(RuleBasedStateMachine):
    """One case, six people who try everything at any time. What the rules refuse simply does not happen."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.kind = installed(SampleKind())
        self.kind.__enter__()
        mission = MissionFactory()
        self.people = {
            "officer": PostingFactory(mission=mission).user,
            "other_officer": PostingFactory(mission=mission).user,
            "consul": PostingFactory(mission=mission, role=Role.CONSUL).user,
            "auditor": PostingFactory(mission=mission, role=Role.AUDITOR).user,
            "elsewhere": PostingFactory().user,
            "applicant": UserFactory(is_staff=True),
        }
        # The applicant works at the mission too: the likeliest way to one's own case
        PostingFactory(user=self.people["applicant"], mission=mission, role=Role.CONSUL)
        self.case = CaseFactory(mission=mission, applicant=self.people["applicant"])

    def teardown(self):
        self.kind.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @property
    def now(self):
        return fresh(self.case)

    @property
    def holder(self):
        return next(name for name, person in self.people.items() if person.pk == self.now.officer_id)

    def attempt(self, act, *args, who, **kwargs):
        with suppress(RefusedError):
            act(*args, by=self.people[who], **kwargs)

    # What each act takes besides who does it

    def claim(self, who):
        self.attempt(actions.claim, self.case, who=who)

    def release(self, who):
        self.attempt(actions.release, self.case, who=who)

    def take_over(self, who):
        self.attempt(actions.take_over, self.case, who=who, reason="On leave.")

    def ask(self, who):
        day = self.case.mission.today() + timedelta(days=3)
        self.attempt(actions.ask, self.case, who=who, items=[Wanted("Why?")], answer_by=day)

    def answer(self, who):
        if request := self.case.requests.open().first():
            texts = {item.pk: "Because." for item in request.items.all()}
            self.attempt(actions.answer, request, who=who, texts=texts)

    def take_back(self, who):
        self.attempt(actions.take_back, self.case, who=who)

    def recommend_refusal(self, who):
        self.attempt(
            actions.recommend, self.case, who=who, outcome=Outcome.REFUSE, grounds=["purpose"], reason="So."
        )

    def recommend_approval(self, who):
        self.attempt(actions.recommend, self.case, who=who, outcome=Outcome.APPROVE, reason="So.")

    def send_back(self, who):
        self.attempt(actions.send_back, self.case, who=who, reason="Look again.")

    def approve(self, who):
        self.attempt(actions.decide, self.case, who=who, outcome=Outcome.APPROVE)

    def refuse(self, who):
        self.attempt(actions.decide, self.case, who=who, outcome=Outcome.REFUSE, grounds=["purpose"])

    def withdraw(self, who):
        self.attempt(actions.withdraw, self.case, who=who)

    # Anybody tries anything; and the mission's people do what is likely, so that long lives are reached

    @rule(who=ANYBODY, act=sampled_from(sorted(ACTS_OF_A_BENCH)))
    def try_anything(self, who, act):
        getattr(self, act)(who)

    @precondition(lambda self: self.now.status in CLAIMABLE and self.now.officer_id is None)
    @rule(who=COLLEAGUES)
    def somebody_claims_it(self, who):
        self.claim(who)

    @precondition(lambda self: self.now.status == Status.IN_REVIEW and self.now.officer_id)
    @rule(act=sampled_from(["ask", "recommend_refusal", "recommend_approval", "release", "approve"]))
    def the_holder_goes_on(self, act):
        getattr(self, act)(self.holder)

    @precondition(lambda self: self.now.status == Status.AWAITING_DECISION)
    @rule(who=COLLEAGUES, act=sampled_from(["send_back", "send_back", "refuse", "approve"]))
    def a_second_person_looks(self, who, act):
        getattr(self, act)(who)

    @precondition(lambda self: self.case.recommendations.exists())
    @rule(act=sampled_from(["approve", "refuse", "send_back"]))
    def who_recommended_once_tries_to_decide(self, act):
        stale = self.case.recommendations.order_by("pk").first().by_id
        getattr(self, act)(next(name for name, person in self.people.items() if person.pk == stale))

    @precondition(lambda self: self.now.status == Status.AWAITING_APPLICANT)
    @rule(act=sampled_from(["answer", "take_back"]))
    def the_waiting_ends(self, act):
        getattr(self, act)("applicant" if act == "answer" else self.holder)

    @invariant()
    def nobody_decides_what_they_recommended_or_asked_for(self):
        recommended = set(Recommendation.objects.filter(case=self.case).values_list("by", flat=True))
        for decision in Decision.objects.filter(case=self.case):
            assert decision.decided_by_id not in recommended
            assert decision.decided_by_id != self.case.applicant_id

    @invariant()
    def a_refusal_is_wanted_by_two(self):
        for decision in Decision.objects.filter(case=self.case, outcome=Outcome.REFUSE):
            assert decision.recommended_by_id not in {None, decision.decided_by_id}
            assert decision.recommended_outcome == Outcome.REFUSE

    @invariant()
    def the_history_is_a_path_through_the_table_that_ends_where_the_case_is(self):
        moves = [(e.from_status, e.to_status) for e in Event.objects.filter(case=self.case).order_by("pk")]
        assert all(move in MOVES for move in moves)
        assert [before for before, _ in moves] == [Status.SUBMITTED, *(to for _, to in moves)][: len(moves)]
        assert fresh(self.case).status == (moves[-1][1] if moves else Status.SUBMITTED)

    @invariant()
    def a_decision_and_a_decided_case_are_one(self):
        case = fresh(self.case)
        assert Decision.objects.filter(case=case).exists() == (
            case.status in CLOSED and case.status != "withdrawn"
        )
        assert case.requests.open().exists() == (case.status == Status.AWAITING_APPLICANT)
        if case.status == Status.WITHDRAWN:  # What was recommended until then stays in the case's history
            return
        assert case.recommendations.standing().exists() == (
            case.status in {Status.AWAITING_DECISION, Status.REFUSED}
            or (case.status == Status.APPROVED and case.decision.recommended_by_id is not None)
        )


class TestBench(Bench.TestCase, TestCase):
    settings = settings(
        max_examples=20,
        stateful_step_count=15,
        deadline=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
