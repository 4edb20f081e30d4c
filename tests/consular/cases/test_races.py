"""Several people at the same moment, on real PostgreSQL: one wins, the others are told, nothing is half done."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import close_old_connections, connection

from consular.cases import actions
from consular.cases.actions import RefusedError
from consular.cases.models import Case, Decision
from consular.cases.status import Outcome, Status
from consular.notifications.models import Message
from tests.consular.cases.conftest import fresh
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def at_once(*rivals: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread and connection, all started together; return results or RefusedErrors."""
    barrier, results = Barrier(len(rivals)), [None] * len(rivals)

    def run(index: int, rival: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[index] = rival()
        except Exception as error:  # noqa: BLE001 - what it was is asserted below
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return results


def winners(results: list[Any]) -> list[int]:
    assert all(isinstance(r, RefusedError) or not isinstance(r, Exception) for r in results), results
    return [index for index, result in enumerate(results) if not isinstance(result, Exception)]


def test_of_approve_refuse_and_withdraw_one_wins(received, applicant, officer, other_officer, consul):
    actions.claim(received, by=officer)
    for _ in range(ROUNDS):
        case = CaseFactory(mission=received.mission, applicant=applicant)
        actions.claim(case, by=officer)
        actions.recommend(case, by=officer, outcome=Outcome.REFUSE, grounds=["purpose"], reason="So.")
        won = winners(at_once(
            lambda case=case: actions.decide(case, by=consul, outcome=Outcome.APPROVE),
            lambda case=case: actions.decide(case, by=other_officer, outcome=Outcome.REFUSE, grounds=["purpose"]),
            lambda case=case: actions.withdraw(case, by=applicant),
        ))  # fmt: skip
        assert len(won) == 1
        end = [Status.APPROVED, Status.REFUSED, Status.WITHDRAWN][won[0]]
        assert fresh(case).status == end
        assert Decision.objects.filter(case=case).count() == (end != Status.WITHDRAWN)
        assert Message.objects.filter(case_reference=case.reference).count() == 1
        assert case.events.filter(to_status__in=["approved", "refused", "withdrawn"]).count() == 1


def test_a_case_is_claimed_by_one_of_three(mission, officer, other_officer, consul):
    for _ in range(ROUNDS):
        case = CaseFactory(mission=mission)
        people = [officer, other_officer, consul]
        won = winners(at_once(*(lambda by=by, case=case: actions.claim(case, by=by) for by in people)))
        assert len(won) == 1
        assert fresh(case).officer == people[won[0]]


def test_officers_who_ask_for_the_next_case_at_once_get_different_ones(
    mission, officer, other_officer, consul
):
    CaseFactory.create_batch(4, mission=mission)
    got = at_once(
        *(lambda by=by: actions.next_case(by=by) for by in (officer, other_officer, consul, officer))
    )
    assert len({case.pk for case in got}) == 4
    assert not Case.objects.filter(officer=None).exists()


def test_an_answer_sent_twice_at_once_is_received_once(asked, applicant):
    request = asked.requests.get()
    words, paper = request.items.all()
    paper.delete()
    actions.save_answers(request, by=applicant, texts={words.pk: "My sister."})
    won = winners(at_once(*[lambda: actions.send_answer(request, by=applicant)] * 3))
    assert len(won) == 1
    assert asked.events.filter(from_status="awaiting_applicant").count() == 1
