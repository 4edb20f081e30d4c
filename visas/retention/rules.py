"""Who may look at what will be erased."""

from collections.abc import Iterable
from typing import Any

from consular.missions.models import Mission, Role

EVERYTHING = "retention.view_run"  # For a data protection officer


def sees_everything(user: Any) -> bool:
    return bool(user.is_superuser or user.has_perm(EVERYTHING))


def missions_of(user: Any) -> Iterable[int] | None:
    """Return the missions whose documents a reader may look at; None for all, empty for nobody's."""
    if sees_everything(user):
        return None
    return list(Mission.objects.of(user, Role.CONSUL).values_list("pk", flat=True))
