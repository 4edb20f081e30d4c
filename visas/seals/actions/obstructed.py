from visas.seals.status import Obstacle


class ObstructedError(Exception):
    """It cannot be done now; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(str(obstacle))
        self.obstacle = obstacle


def unless(obstacle: Obstacle | None) -> None:
    """Go on unless something stands in the way."""
    if obstacle is not None:
        raise ObstructedError(obstacle)
