"""Put a change in force, and rehearse it: the same writing, taken back before anybody sees it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import RefusedError, allow
from visas.legislation import rules, scenarios
from visas.legislation.actions.lock import lock
from visas.legislation.actions.write import Problem, write
from visas.legislation.models import Change, Scenario
from visas.legislation.scenarios import Result
from visas.legislation.status import Obstacle, State
from visas.policy.book import PolicyBook, read, version


@dataclass(frozen=True)
class Rehearsal:
    """What would be: the law with the change in it, or what does not fit."""

    book: PolicyBook
    problems: list[Problem]
    results: list[Result]

    @property
    def failures(self) -> list[Result]:
        return [result for result in self.results if not result.passed]

    @property
    def obstacle(self) -> Obstacle | None:
        if self.problems:
            return Obstacle.DOES_NOT_FIT
        return Obstacle.SCENARIO_FAILS if self.failures else None


def rehearse(change: Change) -> Rehearsal:
    """Write the change, read the law, and take everything back."""
    with transaction.atomic():
        rehearsal = _carry_out(change)
        transaction.set_rollback(True)
    return rehearsal


def _carry_out(change: Change) -> Rehearsal:
    problems = write(change.edits.all())
    book = read()
    return Rehearsal(book, problems, scenarios.run(Scenario.objects.all(), book))


@transaction.atomic
def enact(change: Change, *, by: Any, seen: str) -> Change:
    """Make the change law at once. `seen` is the `stamp` of what the second person read.

    Raises `RefusedError` when they may not, it does not fit, a scenario fails, or something moved meanwhile.
    """
    change = lock(change)
    allow(rules.obstacle_to_enacting(by, change))
    if stamp(change) != seen:
        raise RefusedError(Obstacle.MOVED_ON)
    rehearsal = _carry_out(change)
    allow(rehearsal.obstacle)
    change.state, change.put_in_force_by, change.put_in_force_at = State.IN_FORCE, by, timezone.now()
    change.save(update_fields=["state", "put_in_force_by", "put_in_force_at"])
    record("law.changed", change, by=by, edits=change.edits.count(), version=rehearsal.book.version)
    return change


def stamp(change: Change) -> str:
    """Return what differs as soon as the change, the law or a scenario is written."""
    edits = list(change.edits.values_list("pk", "revision"))
    moments = list(Scenario.objects.order_by("pk").values_list("pk", "changed_at"))
    return hashlib.sha256(repr((edits, version(), moments)).encode()).hexdigest()[:32]
