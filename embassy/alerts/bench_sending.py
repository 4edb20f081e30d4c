"""Sending an alert to its subscribers: who gets what, the one button, and how far it is."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consular.portal.news import news
from embassy.alerts import actions, bench, rules
from embassy.alerts.actions import RefusedError
from embassy.alerts.actions.letters import draw
from embassy.alerts.actions.sending import is_stuck
from embassy.alerts.models import Alert, Sending, Subscriber
from embassy.alerts.status import DeliveryState

LANGUAGES = dict(settings.LANGUAGES)
BUTTONS = {"stop": actions.stop, "resume": actions.resume}


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what goes to whom; the button sends it, once."""
    alert = bench.find(pk)
    if hasattr(alert, "sending"):
        return redirect("admin:alerts_alert_sending", pk)
    if obstacle := rules.sending(request.user, alert):
        messages.error(request, obstacle.label)
        return bench.to_alert(alert)
    if request.method == "POST":
        return press(request, alert)
    context = {
        "alert": alert, "title": _("Send to subscribers"), "audience": audience(alert), "letters": letters(alert),
    }  # fmt: skip
    return bench.page(request, "alerts/bench/send.html", context)


def press(request: HttpRequest, alert: Alert) -> HttpResponse:
    try:
        actions.send(alert, by=request.user, seen=bench.seen_version(request))
    except RefusedError as refusal:
        messages.error(request, refusal.reason)
        return bench.to_alert(alert)
    return redirect("admin:alerts_alert_sending", alert.pk)


def audience(alert: Alert) -> dict[str, Any]:
    """Return how many subscribers the alert concerns: in all, by language, by country of the alert."""
    concerned = Subscriber.objects.concerned_by(alert)
    by_language = dict(concerned.order_by().values_list("language").annotate(Count("pk")))
    named = [(code, concerned.filter(countries__contains=[code]).count()) for code in alert.countries]
    return {
        "total": sum(by_language.values()),
        "languages": [(LANGUAGES[code], by_language.get(code, 0)) for code in LANGUAGES],
        "countries": named,
        "everywhere": concerned.filter(countries=[]).count(),
    }


def letters(alert: Alert) -> list[dict[str, Any]]:
    """Return the letter in each language, as its subscribers will get it."""
    texts = alert.approved_texts()
    return [
        {
            "code": code,
            "name": LANGUAGES[code],
            "direction": "rtl" if code in settings.LANGUAGES_BIDI else "ltr",
            "message": draw(alert, code),
            "is_translated": code in texts,
        }
        for code in LANGUAGES
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far it is; stop it, and let it go on."""
    alert = bench.find(pk)
    found = sending_of(alert)
    if request.method == "POST":
        return press_button(request, found)
    context = {
        "alert": alert,
        "title": _("Sending"),
        **progress(found),
        "may_send": rules.may(request.user, rules.SEND),
    }
    return bench.page(request, "alerts/bench/sending.html", context)


def press_button(request: HttpRequest, found: Sending) -> HttpResponse:
    verb = BUTTONS.get(request.POST.get("act", ""))
    if verb is None:
        raise Http404
    try:
        verb(found, by=request.user)
    except RefusedError as refusal:
        messages.error(request, refusal.reason)
    return redirect("admin:alerts_alert_sending", found.alert_id)


def sending_of(alert: Alert) -> Sending:
    found: Sending | None = getattr(alert, "sending", None)
    if found is None:
        raise Http404
    return found


def progress(found: Sending) -> dict[str, Any]:
    """Return the numbers of the progress page."""
    counts = found.counts()
    total = sum(counts.values())
    over = total - counts[DeliveryState.WAITING] - counts[DeliveryState.BEGUN]
    return {
        "sending": found,
        "is_stuck": is_stuck(found),
        "total": total,
        "rows": [(DeliveryState(state).label, count) for state, count in counts.items()],
        "percent": 100 * over // total if total else 0,
    }


@require_safe
def sending_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the page's own question whether there is news."""
    found = sending_of(bench.find(pk))
    return news(request, "alerts/bench/progress.html", progress(found), final=found.done_at is not None)
