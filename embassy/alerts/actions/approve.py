"""A second person puts an alert, or a translation that came later, before the public."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import RefusedError
from embassy.alerts import rules
from embassy.alerts.actions.demand import demand, save
from embassy.alerts.models import Alert
from embassy.alerts.status import Obstacle, Status


@transaction.atomic
def approve(alert: Alert, *, by: Any, seen: int) -> Alert:
    """Make it public with every text that somebody else wrote; a translation of one's own waits for another."""
    now = timezone.now()
    alert = demand(rules.approving, alert, now, by=by, seen=seen)
    of_others = alert.texts.filter(approved_at=None).exclude(written_by=by).exclude(writers__contains=[by.pk])
    of_others.update(approved_by=by, approved_at=now)
    alert.status, alert.approved_by, alert.approved_at = Status.APPROVED, by, now
    save(alert, "status", "approved_by", "approved_at")
    record("alert.approved", alert, by=by, reference=alert.reference)
    return alert


@transaction.atomic
def approve_text(alert: Alert, language: str, *, by: Any, seen: int) -> Alert:
    """Put a new translation in force; the facts were approved before and stay as they are."""
    text = alert.texts.filter(language=language, approved_at=None).first()
    if text is None:
        raise RefusedError(Obstacle.CHANGED)
    alert = demand(rules.approving_text, alert, text, by=by, seen=seen)
    alert.texts.filter(pk=text.pk).update(approved_by=by, approved_at=timezone.now())
    save(alert)
    record("alert.text_approved", alert, by=by, reference=alert.reference, language=language)
    return alert
