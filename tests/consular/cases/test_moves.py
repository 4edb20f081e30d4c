"""The table of moves, every pair of states with every capacity; and `move`, its only door."""

import pytest

from consular.audit.models import Entry
from consular.cases import rules
from consular.cases.actions import RefusedError
from consular.cases.actions.move import move
from consular.cases.models import Event
from consular.cases.status import ACTS, CLOSED, DECIDED, MOVES, OPEN, Act, Mover, Obstacle, Status
from tests.consular.cases.conftest import fresh, put
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db

MOVE_OF = {
    Act.ASK: Status.AWAITING_APPLICANT,
    Act.TAKE_BACK: Status.IN_REVIEW,
    Act.RECOMMEND: Status.AWAITING_DECISION,
    Act.SEND_BACK: Status.IN_REVIEW,
    Act.APPROVE: Status.APPROVED,
    Act.REFUSE: Status.REFUSED,
    Act.ANSWER: Status.IN_REVIEW,
    Act.WITHDRAW: Status.WITHDRAWN,
}


@pytest.fixture
def people(applicant, stranger, officer, other_officer, consul, auditor, officer_elsewhere):
    """`officer` holds every case below and has never recommended; `other_officer` has, on each."""
    return {
        None: {Mover.SYSTEM},
        applicant: {Mover.APPLICANT, Mover.BEHALF},
        stranger: set(),
        officer: {Mover.OFFICER, Mover.HOLDER, Mover.SOLE, Mover.SECOND},
        other_officer: {Mover.OFFICER},
        consul: {Mover.OFFICER, Mover.SECOND, Mover.CONSUL},
        auditor: set(),
        officer_elsewhere: set(),
    }


@pytest.fixture
def case(mission, applicant, officer, other_officer):
    case = CaseFactory(mission=mission, applicant=applicant, officer=officer, status=Status.IN_REVIEW)
    case.recommendations.create(outcome="approve", reason="Earlier.", by=other_officer)
    return case


def test_everybody_meets_a_case_in_their_own_capacities(people, case):
    assert {person: set(rules.movers(person, case)) for person in people} == people


@pytest.mark.parametrize("to", Status)
@pytest.mark.parametrize("before", Status)
def test_nobody_makes_a_move_that_the_table_does_not_allow(before, to, people, case):
    case = put(case, before)
    allowed = {person for person in people if rules.may_move(person, case, to)}
    assert allowed == {
        person for person, movers in people.items() if movers & MOVES.get((before, to), frozenset())
    }


@pytest.mark.parametrize("to", Status)
def test_a_closed_case_never_moves(to):
    assert all((closed, to) not in MOVES for closed in CLOSED)


def test_every_open_state_is_reached_and_left():
    reached = {to for _, to in MOVES} | {Status.SUBMITTED}
    assert set(Status) == reached
    assert {before for before, _ in MOVES} == set(OPEN)
    assert set(DECIDED) <= set(CLOSED)


@pytest.mark.parametrize("act", MOVE_OF)
def test_what_a_person_may_do_agrees_with_the_table_of_moves(act):
    assert all(mover in MOVES[(status, MOVE_OF[act])] for status, mover in ACTS[act].items())


def test_every_move_by_a_person_has_its_act():
    by_an_act = {(status, MOVE_OF[act], mover) for act in MOVE_OF for status, mover in ACTS[act].items()}
    by_an_act.add((Status.SUBMITTED, Status.IN_REVIEW, Mover.OFFICER))  # Claiming it
    in_the_table = {
        (*move, mover) for move, movers in MOVES.items() for mover in movers if mover != Mover.SYSTEM
    }
    assert by_an_act == in_the_table


def test_a_move_is_an_event_and_an_entry_of_the_trail(case, officer):
    moved = move(case, Status.AWAITING_DECISION, by=officer, why="because")
    assert fresh(case).status == moved.status == Status.AWAITING_DECISION
    event = Event.objects.get(case=case)
    assert (event.from_status, event.to_status, event.by) == ("in_review", "awaiting_decision", officer)
    entry = Entry.objects.about(case).last()
    assert (entry.verb, entry.actor, entry.detail["why"]) == ("case.awaiting_decision", officer, "because")


def test_a_refused_move_leaves_no_trace(case, auditor):
    with pytest.raises(RefusedError) as refused:
        move(case, Status.APPROVED, by=auditor)
    assert refused.value.obstacle == Obstacle.NOT_NOW
    assert fresh(case).status == Status.IN_REVIEW
    assert not Event.objects.exists()
    assert not Entry.objects.exists()


def test_a_move_looks_at_the_case_as_it_is_now_not_as_it_was_read(case, officer, applicant):
    read_before = fresh(case)
    move(case, Status.WITHDRAWN, by=applicant)
    with pytest.raises(RefusedError) as refused:
        move(read_before, Status.APPROVED, by=officer)
    assert refused.value.obstacle == Obstacle.CLOSED
