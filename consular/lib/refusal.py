"""What a verb raises when the rules do not allow it now. Each app has obstacles of its own, with words for them."""

from django.db.models import TextChoices


class RefusedError(Exception):
    """The rules do not allow the act. `obstacle` says why, in words that a page can show."""

    def __init__(self, obstacle: TextChoices) -> None:
        super().__init__(f"{obstacle.value}: {obstacle.label}")
        self.obstacle = obstacle

    @property
    def reason(self) -> str:
        """Return the reason in the active language."""
        return str(self.obstacle.label)


def allow(obstacle: TextChoices | None) -> None:
    """Raise `RefusedError` for an obstacle; do nothing without one."""
    if obstacle:
        raise RefusedError(obstacle)
