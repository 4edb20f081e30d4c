"""An alert goes from hand to hand: handed in, sent back, corrected, withdrawn, discarded."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.notifications.actions import post
from embassy.alerts import book, rules
from embassy.alerts.actions.demand import demand, save
from embassy.alerts.actions.write import FACTS, begin
from embassy.alerts.models import PARTS, Alert
from embassy.alerts.status import Status

SHORTEST = timedelta(hours=1)  # A correction lasts for at least that long


@transaction.atomic
def hand_in(alert: Alert, *, by: Any, seen: int) -> Alert:
    """Ask for approval; who hands in answers for the whole as it stands."""
    alert = demand(rules.handing_in, alert, timezone.now(), by=by, seen=seen)
    alert.status, alert.written_by = Status.REVIEW, by
    save(alert, "status", "written_by")
    call_approvers(alert, by=by)
    record("alert.handed_in", alert, by=by, reference=alert.reference)
    return alert


def call_approvers(alert: Alert, *, by: Any) -> None:
    """Tell everybody who may approve it: an alert that waits unseen warns nobody."""
    for person in rules.who_may(rules.APPROVE).exclude(pk=by.pk):
        key = f"alert:{alert.pk}:{alert.version}:waits:{person.pk}"
        post("alerts/waiting", to=person, key=key, number=alert.reference, alert_id=str(alert.pk))


@transaction.atomic
def send_back(alert: Alert, *, by: Any, seen: int) -> Alert:
    """Make a draft of it again."""
    alert = demand(rules.sending_back, alert, by=by, seen=seen)
    alert.status = Status.DRAFT
    save(alert, "status")
    record("alert.sent_back", alert, by=by, reference=alert.reference)
    return alert


@transaction.atomic
def correct(alert: Alert, *, by: Any, seen: int) -> Alert:
    """Begin a correction: a draft with the facts and the texts of this alert, which stays live until then."""
    alert = demand(rules.correcting, alert, by=by, seen=seen)
    now = timezone.now()
    facts = {name: getattr(alert, name) for name in FACTS}
    facts |= {"starts_at": now, "ends_at": max(alert.ends_at, now + SHORTEST)}
    words = {
        language: {part: getattr(text, part) for part in PARTS}
        for language, text in alert.approved_texts().items()
    }
    correction = begin(by=by, facts=facts, words=words, corrects=alert)
    record("alert.correction_started", alert, by=by, reference=alert.reference, to=correction.reference)
    return correction


@transaction.atomic
def withdraw(alert: Alert, *, by: Any, seen: int) -> Alert:
    """Take it off all pages; its own page stays and says so. What is not sent yet is not sent any more."""
    alert = demand(rules.withdrawing, alert, by=by, seen=seen)
    alert.status, alert.withdrawn_by, alert.withdrawn_at = Status.WITHDRAWN, by, timezone.now()
    save(alert, "status", "withdrawn_by", "withdrawn_at")
    record("alert.withdrawn", alert, by=by, reference=alert.reference)
    return alert


@transaction.atomic
def discard(alert: Alert, *, by: Any, seen: int) -> None:
    """Delete what was never public."""
    alert = demand(rules.discarding, alert, by=by, seen=seen)
    record("alert.discarded", alert, by=by, reference=alert.reference)
    alert.delete()
    book.forget()
