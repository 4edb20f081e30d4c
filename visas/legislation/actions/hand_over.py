"""Give a change to a second person, take or send it back, or drop it."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.lib.refusal import allow
from visas.legislation import rules
from visas.legislation.actions.enact import rehearse
from visas.legislation.actions.lock import lock
from visas.legislation.models import Change
from visas.legislation.status import Obstacle, State


@transaction.atomic
def hand_over(change: Change, *, by: Any) -> Change:
    """Let no more be written, so that a second person reads what they put in force. Scenarios must pass."""
    change = lock(change)
    allow(rules.obstacle_to_handing_over(by, change))
    allow(rehearse(change).obstacle)
    return _turn(change, State.READY, "law.handed_over", by)


@transaction.atomic
def send_back(change: Change, *, by: Any) -> Change:
    """Let the change be written again."""
    change = lock(change)
    allow(None if rules.may_prepare(by) else Obstacle.NOT_ALLOWED)
    allow(None if change.is_ready else Obstacle.NOT_READY)
    return _turn(change, State.DRAFT, "law.sent_back", by)


@transaction.atomic
def drop(change: Change, *, by: Any) -> Change:
    """Give the change up; it stays to be read."""
    change = lock(change)
    allow(rules.obstacle_to_editing(by, change))
    return _turn(change, State.DROPPED, "law.dropped", by)


def _turn(change: Change, state: State, verb: str, by: Any) -> Change:
    change.state = state
    change.save(update_fields=["state"])
    record(verb, change, by=by)
    return change
