"""What the verbs raise when they may not be done now, and the lock that they share."""

from visas.legislation.models import Change
from visas.legislation.status import Obstacle


class RefusedError(Exception):
    """The law of changing the law stands in the way; `obstacle` says how."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.label)
        self.obstacle = obstacle


def lock(change: Change) -> Change:
    """Return the change as it is now, locked for this transaction."""
    return Change.objects.select_for_update(of=("self",)).select_related("author").get(pk=change.pk)


def demand(obstacle: Obstacle | None) -> None:
    if obstacle is not None:
        raise RefusedError(obstacle)
