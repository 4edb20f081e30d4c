"""Who may do what with a case: pure questions."""

from typing import Any

from consular.cases.models import Case
from consular.cases.status import MOVES, OPEN, Mover, Outcome, Status
from consular.missions.models import Mission, Role

WORKING_ROLES = (Role.OFFICER, Role.CONSUL)


def is_applicant(user: Any, case: Case) -> bool:
    return bool(user.is_authenticated and case.applicant_id == user.pk)


def serves_at(user: Any, mission: Mission, *roles: Role) -> bool:
    """Tell whether `user` is posted today at `mission`, in one of `roles` (any, when none is given)."""
    return Mission.objects.of(user, *roles).filter(pk=mission.pk).exists()


def may_see(user: Any, case: Case) -> bool:
    """Tell whether a member of staff may open the case: posted at its mission, and not their own."""
    return bool(user.is_staff and user.is_active and not is_applicant(user, case) and serves_at(user, case.mission))


def may_work_on(user: Any, case: Case) -> bool:
    """Tell whether a member of staff may act on the case: may see it, as officer or consul."""
    return may_see(user, case) and serves_at(user, case.mission, *WORKING_ROLES)


def movers(user: Any | None, case: Case) -> frozenset[Mover]:
    """Return the capacities in which `user` meets this case; None is the portal itself."""
    if user is None:
        return frozenset({Mover.SYSTEM})
    if is_applicant(user, case):
        return frozenset({Mover.APPLICANT})
    if not may_work_on(user, case):
        return frozenset()
    found = {Mover.OFFICER}
    if case.officer_id == user.pk:
        found.add(Mover.HOLDER)
    if not has_recommended(user, case):
        found.add(Mover.SECOND)
    return frozenset(found)


def has_recommended(user: Any, case: Case) -> bool:
    """Tell whether `user` ever recommended on this case, also before it was sent back."""
    return case.recommendations.filter(by=user).exists()


def may_move(user: Any | None, case: Case, to: Status) -> bool:
    """Tell whether the table of moves lets `user` move the case from where it is to `to`."""
    allowed = MOVES.get((Status(case.status), to), frozenset())
    return bool(allowed & movers(user, case))


def may_claim(user: Any, case: Case) -> bool:
    """Tell whether `user` may take the case: it is open, nobody holds it, and they work at its mission."""
    return case.officer_id is None and case.status in OPEN and may_work_on(user, case)


def may_decide(user: Any, case: Case, outcome: Outcome) -> bool:
    """Tell whether `user` may decide: never their own case, never one that they recommended on."""
    to = Status.APPROVED if outcome == Outcome.APPROVE else Status.REFUSED
    return not has_recommended(user, case) and may_move(user, case, to)
