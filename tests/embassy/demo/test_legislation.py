"""The bench of the demonstration shows a change of the law that a second person may put in force."""

import pytest

from consular.accounts.models import User
from consular.lib import countries
from embassy.demo import legislation, missions, people, policy
from visas.legislation import actions, rules
from visas.legislation.comparison import compare
from visas.legislation.models import Change
from visas.legislation.status import State
from visas.policy.book import current


@pytest.fixture
def change(db):
    for part in (missions, policy, people, legislation, legislation):
        part.load()
    return Change.objects.get()


def test_a_change_waits_for_the_head_of_another_post(change):
    head = User.objects.get(email="consul.portsabel@velmaris.example.org")
    assert change.state == State.READY
    assert rules.obstacle_to_enacting(head, change) is None
    assert rules.obstacle_to_enacting(change.author, change) is not None
    rehearsal = actions.rehearse(change)
    assert rehearsal.obstacle is None
    needs = compare(current(), rehearsal.book, countries.NATIONALITIES).needs
    assert {code for effect in needs for code in effect.nationalities} == {"QWK"}
    actions.enact(change, by=head, seen=actions.stamp(change))
