"""Who may do what with an alert, and what stands in the way: questions without side effects."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consular.accounts.models import User
from embassy.alerts.models import Alert, Text
from embassy.alerts.models.alert import FALLBACK
from embassy.alerts.status import UNPUBLISHED, Obstacle, Status

WRITE, APPROVE, TRANSLATE, SEND = (
    f"alerts.{verb}_alert" for verb in ("write", "approve", "translate", "send")
)
STAFF = (WRITE, APPROVE, TRANSLATE, SEND, "alerts.view_alert")


def may_see(user: Any) -> bool:
    """Tell whether `user` has any business with alerts on the bench."""
    return bool(user.is_active and user.is_staff and any(user.has_perm(right) for right in STAFF))


def may(user: Any, right: str) -> bool:
    return bool(user.is_active and user.is_staff and user.has_perm(right))


def who_may(right: str) -> models.QuerySet[User]:
    """Return the members of staff who have a right themselves or by a group."""
    app, _, codename = right.partition(".")
    permission = Permission.objects.filter(content_type__app_label=app, codename=codename)
    has_it = Q(user_permissions__in=permission) | Q(groups__permissions__in=permission) | Q(is_superuser=True)
    return User.objects.filter(has_it, is_active=True, is_staff=True).distinct()


def writing(user: Any, alert: Alert) -> Obstacle | None:
    """Say what keeps `user` from changing the facts; None when nothing does."""
    if not may(user, WRITE):
        return Obstacle.NOT_ALLOWED
    return None if alert.status == Status.DRAFT else Obstacle.NOT_NOW


def translating(user: Any, alert: Alert, language: str) -> Obstacle | None:
    """Say what keeps `user` from writing the text in a language: the English one stays once it is public."""
    if not (may(user, WRITE) or (may(user, TRANSLATE) and language != FALLBACK)):
        return Obstacle.NOT_ALLOWED
    is_open = alert.status in UNPUBLISHED if language != FALLBACK else alert.status == Status.DRAFT
    return None if is_open or (alert.status == Status.APPROVED and language != FALLBACK) else Obstacle.NOT_NOW


def handing_in(user: Any, alert: Alert, at: datetime) -> Obstacle | None:
    if obstacle := writing(user, alert):
        return obstacle
    if FALLBACK not in alert.latest_texts():
        return Obstacle.NO_ENGLISH
    return Obstacle.OVER if alert.ends_at <= at else None


def sending_back(user: Any, alert: Alert) -> Obstacle | None:
    """Say what keeps `user` from making a draft of it again: its writers and its approvers may."""
    if not (may(user, APPROVE) or may(user, WRITE)):
        return Obstacle.NOT_ALLOWED
    return None if alert.status == Status.REVIEW else Obstacle.NOT_NOW


def approving(user: Any, alert: Alert, at: datetime) -> Obstacle | None:
    """Say what keeps `user` from making it public: above all that they wrote it."""
    if not may(user, APPROVE):
        return Obstacle.NOT_ALLOWED
    if alert.status != Status.REVIEW:
        return Obstacle.NOT_NOW
    english = alert.latest_texts().get(FALLBACK)
    if english is None:
        return Obstacle.NO_ENGLISH
    if user.pk == alert.written_by_id or english.was_written_by(user):
        return Obstacle.OWN_WORDS
    return Obstacle.OVER if alert.ends_at <= at else None


def approving_text(user: Any, alert: Alert, text: Text) -> Obstacle | None:
    """Say what keeps `user` from putting a translation in force beside a public English text."""
    if not may(user, APPROVE):
        return Obstacle.NOT_ALLOWED
    if alert.status != Status.APPROVED or text.approved_at:
        return Obstacle.NOT_NOW
    return Obstacle.OWN_WORDS if text.was_written_by(user) else None


def correcting(user: Any, alert: Alert) -> Obstacle | None:
    if not may(user, WRITE):
        return Obstacle.NOT_ALLOWED
    if alert.status != Status.APPROVED:
        return Obstacle.NOT_NOW
    return Obstacle.CORRECTED if getattr(alert, "correction", None) else None


def withdrawing(user: Any, alert: Alert) -> Obstacle | None:
    """Say what keeps `user` from taking it off all pages; one person may, since silence can be corrected."""
    if not (may(user, WRITE) or may(user, APPROVE)):
        return Obstacle.NOT_ALLOWED
    return None if alert.status == Status.APPROVED else Obstacle.NOT_NOW


def discarding(user: Any, alert: Alert) -> Obstacle | None:
    if not may(user, WRITE):
        return Obstacle.NOT_ALLOWED
    return None if alert.status in UNPUBLISHED else Obstacle.NOT_NOW


def sending(user: Any, alert: Alert, at: datetime | None = None) -> Obstacle | None:
    """Say what keeps `user` from sending it to the subscribers."""
    if not may(user, SEND):
        return Obstacle.NOT_ALLOWED
    if getattr(alert, "sending", None):
        return Obstacle.SENT_ALREADY
    return None if alert.holds_at(at or timezone.now()) else Obstacle.NOT_NOW
