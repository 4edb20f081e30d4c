"""Who may do what with a case: pure questions.

`obstacle` answers "why not?" for every act, so that a page can say it in words and an action can refuse;
None means that nothing stands in the way.
"""

from typing import Any

from django.db.models import Exists

from consular.cases import deputies
from consular.cases.models import Case
from consular.cases.status import ACTS, CLOSED, MOVES, Act, Mover, Obstacle, Outcome, Status
from consular.missions.models import Mission, Posting, Role

WORKING_ROLES = (Role.OFFICER, Role.CONSUL)

# What an applicant may let others do in their place
DELEGATED = frozenset(act for act, steps in ACTS.items() if Mover.BEHALF in steps.values())


def is_applicant(user: Any, case: Case) -> bool:
    return bool(user.is_authenticated and case.applicant_id == user.pk)


def acts_for_applicant(user: Any, case: Case) -> bool:
    """Tell whether somebody else than the applicant may answer and correct in their place today."""
    right = deputies.of(case).right(user, case) if user.is_authenticated else None
    return right is not None and right.may_act


def serves_at(user: Any, mission: Mission, *roles: Role) -> bool:
    """Tell whether `user` is posted today at `mission`, in one of `roles` (any, when none is given)."""
    return Mission.objects.of(user, *roles).filter(pk=mission.pk).exists()


def roles_on(user: Any, case: Case) -> frozenset[str]:
    """Return the roles in which a member of staff is posted today at the mission of a case that they have no part in.

    Nobody works on their own case, nor on one in which they ever acted for the applicant.
    """
    if not (user.is_staff and user.is_active) or is_applicant(user, case):
        return frozenset()
    postings = Posting.objects.current().filter(user=user, mission=case.mission_id)
    for helped in deputies.helped_with(user):
        postings = postings.exclude(Exists(helped.filter(pk=case.pk)))
    return frozenset(postings.values_list("role", flat=True))


def may_see(user: Any, case: Case) -> bool:
    """Tell whether a member of staff may open the case: posted at its mission, and not their own."""
    return bool(roles_on(user, case))


def may_work_on(user: Any, case: Case) -> bool:
    """Tell whether a member of staff may act on the case: may see it, as officer or consul."""
    return not roles_on(user, case).isdisjoint(WORKING_ROLES)


def has_recommended(user: Any, case: Case) -> bool:
    """Tell whether `user` ever recommended on this case, also before it was sent back."""
    return case.recommendations.filter(by=user).exists()


def movers(user: Any | None, case: Case) -> frozenset[Mover]:
    """Return the capacities in which `user` meets this case; None is the portal itself."""
    if user is None:
        return frozenset({Mover.SYSTEM})
    if is_applicant(user, case):
        return frozenset({Mover.APPLICANT, Mover.BEHALF})
    roles = roles_on(user, case)
    if not roles:
        return frozenset({Mover.BEHALF}) if acts_for_applicant(user, case) else frozenset()
    if roles.isdisjoint(WORKING_ROLES):
        return frozenset()
    return frozenset({Mover.OFFICER} | _capacities_of_an_officer(user, case, roles))


def _capacities_of_an_officer(user: Any, case: Case, roles: frozenset[str]) -> set[Mover]:
    holds, fresh = case.officer_id == user.pk, not has_recommended(user, case)
    found = {
        Mover.HOLDER: holds,
        Mover.SOLE: holds and fresh,
        Mover.SECOND: fresh,
        Mover.CONSUL: Role.CONSUL in roles,
    }
    return {mover for mover, holds_true in found.items() if holds_true}


def may_move(user: Any | None, case: Case, to: Status) -> bool:
    """Tell whether the table of moves lets `user` move the case from where it is to `to`."""
    return bool(MOVES.get((Status(case.status), to), frozenset()) & movers(user, case))


def may(act: Act, user: Any, case: Case) -> bool:
    return obstacle(act, user, case) is None


def obstacle(act: Act, user: Any, case: Case) -> Obstacle | None:
    """Return why `user` may not do `act` with `case` now, or None when they may."""
    return obstacle_for(act, case, movers(user, case))


def obstacle_for(act: Act, case: Case, capacities: frozenset[Mover]) -> Obstacle | None:
    """Like `obstacle`, for a page that asks about many acts and has found the capacities once."""
    needed = ACTS[act].get(Status(case.status))
    if needed is None:
        return _why_not_at_this_step(act, case)
    if needed not in capacities:
        return _what_is_missing(needed, case, capacities)
    further = _FURTHER_OBSTACLES.get(act)
    return further(case, capacities) if further else None


def _why_not_at_this_step(act: Act, case: Case) -> Obstacle:
    if case.status in CLOSED:
        return Obstacle.CLOSED
    return Obstacle.NOT_RECOMMENDED if act == Act.REFUSE else Obstacle.NOT_NOW


def _what_is_missing(needed: Mover, case: Case, capacities: frozenset[Mover]) -> Obstacle:
    if needed in {Mover.APPLICANT, Mover.BEHALF}:
        return Obstacle.NOT_THE_APPLICANT
    if Mover.OFFICER not in capacities:
        return Obstacle.LOOK_ONLY
    if needed == Mover.CONSUL:
        return Obstacle.NOT_THE_CONSUL
    if needed == Mover.SECOND or Mover.HOLDER in capacities:
        return Obstacle.HAS_RECOMMENDED
    return Obstacle.UNCLAIMED if case.officer_id is None else Obstacle.NOT_THE_HOLDER


def _somebody_holds_it(case: Case, capacities: frozenset[Mover]) -> Obstacle | None:
    if case.officer_id is None:
        return None
    return Obstacle.HELD_BY_YOU if Mover.HOLDER in capacities else Obstacle.HELD


def _nobody_else_holds_it(case: Case, capacities: frozenset[Mover]) -> Obstacle | None:
    if case.officer_id is None:
        return Obstacle.UNCLAIMED
    return Obstacle.HELD_BY_YOU if Mover.HOLDER in capacities else None


def _an_approval_is_recommended(case: Case, capacities: frozenset[Mover]) -> Obstacle | None:
    refused = case.recommendations.standing().filter(outcome=Outcome.REFUSE).exists()
    return None if refused else Obstacle.APPROVAL_RECOMMENDED


_FURTHER_OBSTACLES = {
    Act.CLAIM: _somebody_holds_it,
    Act.TAKE_OVER: _nobody_else_holds_it,
    Act.REFUSE: _an_approval_is_recommended,
}
