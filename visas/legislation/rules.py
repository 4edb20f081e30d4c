"""Who may do what with a change of the law, and what stands in the way."""

from typing import Any

from visas.legislation.models import Change
from visas.legislation.status import Obstacle

EDIT, ENACT = "legislation.change_change", "legislation.enact_change"


def may_prepare(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm(EDIT))


def obstacle_to_editing(user: Any, change: Change) -> Obstacle | None:
    """Return why `user` may not write, add or take away edits now."""
    if not may_prepare(user):
        return Obstacle.NOT_ALLOWED
    return None if change.is_draft else Obstacle.NOT_A_DRAFT


def obstacle_to_handing_over(user: Any, change: Change) -> Obstacle | None:
    """Return why `user` may not declare the change ready for a second person."""
    if obstacle := obstacle_to_editing(user, change):
        return obstacle
    return None if change.edits.exists() else Obstacle.EMPTY


def obstacle_to_enacting(user: Any, change: Change) -> Obstacle | None:
    """Return why `user` may not put the change in force; what the scenarios say is another question."""
    if not (user.is_staff and user.has_perm(ENACT)):
        return Obstacle.NOT_ALLOWED
    if not change.is_ready:
        return Obstacle.NOT_READY
    if change.author_id == user.pk or change.edits.filter(writers__contains=[user.pk]).exists():
        return Obstacle.OWN_CHANGE
    return None
