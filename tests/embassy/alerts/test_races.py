"""Two officers at the same instant on one alert: one act counts, the other is told that something has changed."""

import threading

import pytest
from django.db import connection

from consular.audit.models import Entry
from embassy.alerts import actions
from embassy.alerts.actions import RefusedError
from embassy.alerts.models import Sending
from embassy.alerts.status import Obstacle, Status
from tests.factories.alerts import WORDS, AlertFactory, facts, staff_who_may

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do all acts at the same instant; return what came of each: the obstacle, or None."""
    barrier, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            act()
        except RefusedError as refusal:
            found[place] = refusal.obstacle
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_an_approval_and_a_change_at_once(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    seen = alert.version
    found = at_once(
        lambda: actions.approve(alert, by=colleague, seen=seen),
        lambda: actions.send_back(alert, by=duty, seen=seen),
    )
    assert sorted(found, key=str) == sorted([None, Obstacle.CHANGED], key=str)
    alert.refresh_from_db()
    assert alert.status == (Status.APPROVED if found[0] is None else Status.DRAFT)


def test_two_approvals_at_once_are_one(duty, colleague):
    other = staff_who_may("approve", email="third@example.org")
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    seen = alert.version
    found = at_once(*(lambda by=by: actions.approve(alert, by=by, seen=seen) for by in (colleague, other)))
    assert found.count(None) == 1
    assert Entry.objects.about(alert).filter(verb="alert.approved").count() == 1


def test_the_button_pressed_by_several_at_once_sends_once(duty, colleague):
    alert = AlertFactory(written_by=duty, approved_by=colleague)
    found = at_once(*[lambda: actions.send(alert, by=duty, seen=alert.version)] * 4)
    assert found.count(None) == 1
    assert Sending.objects.count() == 1


def test_drafts_begun_at_once_have_numbers_of_their_own(duty):
    made = []
    at_once(*[lambda: made.append(actions.start(by=duty, facts=facts(), words=WORDS).reference)] * 4)
    assert len(set(made)) == 4
