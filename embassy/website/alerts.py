"""The public pages of alerts: those that hold, those that are over, and each of them for as long as it is read."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from embassy.alerts import book
from embassy.alerts.models import Alert
from embassy.website import shelf
from embassy.website.content import Content, public_page
from embassy.website.nodes import language

HELP = "embassy/what-we-can-do"  # the page that every alert leads to
LONGEST_CHAIN = 20


def help_address(at: datetime) -> str:
    """Return the address of "What we can and cannot do"; '' where this embassy has no such page."""
    seen = shelf.latest()
    is_there = seen is not None and seen.has_tree and seen.tree.shown(HELP, language(), at)
    return reverse("website:node", args=[HELP]) if is_there else ""


@public_page
def alert_list(request: HttpRequest, content: Content, year: int | None = None) -> HttpResponse:
    """Show what holds now; below it what is over, of this year or of the one in the address."""
    past = Alert.objects.past(content.at)
    years = [each.year for each in past.order_by().dates("starts_at", "year", order="DESC")]
    shown = next(iter(years), None) if year is None else year
    context = {
        "live": book.live(content.at) if year is None else [],
        "past": past.filter(starts_at__year=shown).with_texts() if shown in years else [],
        "year": shown,
        "years": years,
        "is_archive": year is not None,
        "help_url": help_address(content.at),
    }
    return render(request, "alerts/list.html", context, status=200 if year is None or year in years else 404)


@public_page
def alert_detail(request: HttpRequest, content: Content, reference: str) -> HttpResponse:
    """Show one alert; who comes by an old address is led to its correction."""
    readable = Alert.objects.published().filter(starts_at__lte=content.at).with_texts()
    alert = get_object_or_404(readable, reference=reference)
    return render(request, "alerts/detail.html", page_of(alert, content.at))


def page_of(alert: Alert, at: datetime) -> dict[str, Any]:
    """Return what the page of an alert tells in the active language."""
    return {
        "alert": alert,
        "text": alert.text,
        "is_live": alert.holds_at(at),
        "correction": correction_of(alert, at),
        "chain": chain(alert, at),
        "translations": translations(alert),
        "help_url": help_address(at),
    }


def correction_of(alert: Alert, at: datetime) -> Alert | None:
    """Return the newest alert that takes its place."""
    newest = None
    while alert.is_superseded_at(at) and alert != newest:
        newest = alert = alert.correction
    return newest


def chain(alert: Alert, at: datetime) -> list[Alert]:
    """Return the public alerts that correct each other, the newest first; empty when there is but one."""
    newest = correction_of(alert, at) or alert
    found = [newest]
    while (earlier := found[-1].corrects) and len(found) < LONGEST_CHAIN:
        found.append(earlier)
    return found if len(found) > 1 else []


def translations(alert: Alert) -> list[Any]:
    """Return the texts that came after the approval of the alert: the history of its words."""
    public_at, found = alert.approved_at, sorted(alert.texts.all(), key=lambda text: text.pk)
    return [text for text in found if public_at and text.approved_at and text.approved_at > public_at]
