"""Alerts in templates: `{% load alerts %}{% alert_banner %}` on every page."""

from typing import Any

from django import template
from django.utils import timezone

from embassy.alerts import book
from embassy.alerts.models import Alert
from embassy.alerts.status import Severity
from embassy.website.alerts import help_address

register = template.Library()

MOST = 3  # alerts in the banner; the page of all of them is one link away
GRAVEST_FIRST = list(reversed(Severity.values))


@register.inclusion_tag("alerts/banner.html", takes_context=True)
def alert_banner(context: Any) -> dict[str, Any]:
    """Show what holds now, the gravest first; nothing when all is well. A page of an error asks no database."""
    known = book.kept() if context.get("request") is None else book.current()
    now = timezone.now()
    live = sorted((alert for alert in known if alert.holds_at(now)), key=gravity)
    return {"alerts": live[:MOST], "others": len(live[MOST:]), "help_url": help_address(now) if live else ""}


def gravity(alert: Alert) -> int:
    """Return the place of an alert by its severity; alerts of one severity stay in their order."""
    return GRAVEST_FIRST.index(alert.severity)
