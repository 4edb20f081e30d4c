"""Every act on an alert starts here: lock it, and ask the rules about it as it is now."""

from collections.abc import Callable
from typing import Any

from consular.lib.refusal import RefusedError
from embassy.alerts import book
from embassy.alerts.models import Alert
from embassy.alerts.status import Obstacle


def demand(rule: Callable[..., Obstacle | None], alert: Alert, *args: Any, by: Any, seen: int) -> Alert:
    """Return the alert read again and locked when `rule(by, alert, …)` has nothing against it.

    `seen` is the version that the person looked at: what has changed since then is refused, whatever the rule.
    """
    now: Alert | None = Alert.objects.select_for_update().filter(pk=alert.pk).first()
    if now is None or now.version != seen:
        raise RefusedError(Obstacle.CHANGED)
    if obstacle := rule(by, now, *args):
        raise RefusedError(obstacle)
    return now


def save(alert: Alert, *fields: str) -> None:
    """Save these fields as a new version."""
    alert.version += 1
    alert.save(update_fields=[*fields, "version", "written_at"])
    book.forget()
