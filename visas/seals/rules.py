"""Who may do what with a key now, and what stands in the way. Pure questions."""

from typing import Any

from django.utils import timezone

from consular.missions.models import Mission, Role
from visas.seals.models import MOST_A_YEAR, Authority, SignerKey
from visas.seals.status import Obstacle, State, Use


def looks_after_keys(user: Any) -> bool:
    """Tell whether `user` is a consul today, anywhere: the keys are the state's, not a mission's."""
    return bool(user.is_staff and user.is_active and Mission.objects.of(user, Role.CONSUL).exists())


def obstacle_to_planning(user: Any, use: Use) -> Obstacle | None:
    if not looks_after_keys(user):
        return Obstacle.NOT_ALLOWED
    if not Authority.objects.exists():
        return Obstacle.NO_AUTHORITY
    keys = SignerKey.objects.of(use)
    if keys.filter(state__in=(State.PLANNED, State.PUBLISHED)).exists():
        return Obstacle.ONE_IN_ADVANCE
    return Obstacle.FIVE_A_YEAR if next_number(use) > MOST_A_YEAR else None


def next_number(use: Use) -> int:
    """Return the number in this year of the next key of a use."""
    return SignerKey.objects.of(use).filter(year=timezone.localdate().year).count() + 1


def obstacle_to_handing_in(user: Any, key: SignerKey) -> Obstacle | None:
    if not looks_after_keys(user):
        return Obstacle.NOT_ALLOWED
    return None if key.state == State.PLANNED else Obstacle.NOT_AT_THIS_STEP


def obstacle_to_publishing(user: Any, key: SignerKey) -> Obstacle | None:
    """Return why `user` may not publish: the certificate comes from one consul, the yes from another."""
    if obstacle := obstacle_to_handing_in(user, key):
        return obstacle
    if key.certificate is None:
        return Obstacle.NO_CERTIFICATE
    return Obstacle.SAME_PERSON if key.handed_in_by_id == user.pk else None


def obstacle_to_activating(user: Any, key: SignerKey) -> Obstacle | None:
    if not looks_after_keys(user):
        return Obstacle.NOT_ALLOWED
    return None if key.state == State.PUBLISHED else Obstacle.NOT_AT_THIS_STEP


def obstacle_to_asking_for_revocation(user: Any, key: SignerKey) -> Obstacle | None:
    if not looks_after_keys(user):
        return Obstacle.NOT_ALLOWED
    open_ = key.state != State.REVOKED and key.revocation_asked_by_id is None
    return None if open_ else Obstacle.NOT_AT_THIS_STEP


def obstacle_to_revoking(user: Any, key: SignerKey) -> Obstacle | None:
    """Return why `user` may not revoke: one consul asks for it, another does it."""
    if not looks_after_keys(user):
        return Obstacle.NOT_ALLOWED
    if key.state == State.REVOKED or key.revocation_asked_by_id is None:
        return Obstacle.NOT_AT_THIS_STEP
    return Obstacle.SAME_PERSON if key.revocation_asked_by_id == user.pk else None
