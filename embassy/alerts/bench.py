"""The pages on which alerts are written, looked at, approved, corrected and withdrawn. Staff with a right only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _, override
from django.views.decorators.http import require_http_methods, require_POST

from embassy.alerts import actions, rules
from embassy.alerts.actions import RefusedError
from embassy.alerts.forms import WordsForm, WriteForm, rows_for, rows_in
from embassy.alerts.models import Alert, Text
from embassy.alerts.models.alert import FALLBACK
from embassy.alerts.status import Obstacle, Status

LANGUAGES = dict(settings.LANGUAGES)


class Act(NamedTuple):
    """A button: what it does, its words, how grave it looks."""

    name: str
    label: Any
    weight: str = ""


ACTS = {
    "hand_in": Act("hand_in", _("Hand in for approval")),
    "approve": Act("approve", _("Approve and publish")),
    "send_back": Act("send_back", _("Make it a draft again"), "secondary"),
    "correct": Act("correct", _("Write a correction"), "secondary"),
    "withdraw": Act("withdraw", _("Withdraw it from all pages"), "warning"),
    "discard": Act("discard", _("Discard it"), "warning"),
}
DONE = {
    "hand_in": _("The alert waits for a colleague’s approval."),
    "approve": _("The alert is public. Within a minute it is on every page."),
    "send_back": _("The alert is a draft again."),
    "correct": _("This is a copy. Write what is right; the old alert stays until this one is approved."),
    "withdraw": _("The alert is withdrawn. Within a minute it is off all pages."),
    "discard": _("The alert is discarded."),
}


def language_now() -> str:
    return (get_language() or FALLBACK).split("-")[0]


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to staff who have no business with alerts."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not rules.may_see(request.user):
            raise Http404
        return view(request, **kwargs)

    return guarded


def find(pk: int) -> Alert:
    return get_object_or_404(Alert.objects.with_texts().select_related("sending", "written_by"), pk=pk)


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Draw a page of the bench."""
    return render(request, template, {**admin.site.each_context(request), **context})


def to_alert(alert: Alert) -> HttpResponse:
    return redirect("admin:alerts_alert_change", alert.pk)


def standing(alert: Alert) -> tuple[str, Any]:
    """Return how an alert stands now: the look of its flag, and words."""
    now = timezone.now()
    if alert.status != Status.APPROVED:
        return {"review": "warn", "withdrawn": "bad"}.get(alert.status, "info"), alert.get_status_display()
    if alert.is_superseded_at(now):
        return "info", _("Corrected")
    if alert.ends_at <= now:
        return "info", _("Over")
    return ("good", _("Live")) if alert.holds_at(now) else ("warn", _("Approved, not live yet"))


# Looking


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the facts, the texts, who did what, and the buttons of this person."""
    alert = find(pk)
    context = {
        "alert": alert,
        "title": alert.reference,
        "heading": heading(alert),
        "standing": standing(alert),
        "texts": [line(request.user, alert, code) for code in LANGUAGES],
        "acts": acts_of(request.user, alert),
        "hint": hint(request.user, alert),
        "may_write": rules.writing(request.user, alert) is None,
        "may_send": rules.sending(request.user, alert) is None,
        "sending": getattr(alert, "sending", None),
    }
    return page(request, "alerts/bench/detail.html", context)


def heading(alert: Alert) -> Text | None:
    """Return the newest text in the officer's language, else the English one."""
    texts = alert.latest_texts()
    return texts.get(language_now()) or texts.get(FALLBACK)


def line(user: Any, alert: Alert, language: str) -> dict[str, Any]:
    """Return how the text in one language stands, and what `user` may do with it."""
    text: Text | None = alert.latest_texts().get(language)
    return {
        "language": language,
        "name": LANGUAGES[language],
        "text": text,
        "may_write": rules.translating(user, alert, language) is None and language != FALLBACK,
        "may_approve": bool(text and rules.approving_text(user, alert, text) is None),
    }


def acts_of(user: Any, alert: Alert) -> list[Act]:
    """Return the acts that nothing keeps `user` from."""
    now = timezone.now()
    obstacles = {
        "hand_in": rules.handing_in(user, alert, now),
        "approve": rules.approving(user, alert, now),
        "send_back": rules.sending_back(user, alert),
        "correct": rules.correcting(user, alert),
        "withdraw": rules.withdrawing(user, alert),
        "discard": rules.discarding(user, alert),
    }
    return [ACTS[name] for name, obstacle in obstacles.items() if obstacle is None]


def hint(user: Any, alert: Alert) -> Any:
    """Say why an alert that waits for approval has no button for `user`."""
    if alert.status != Status.REVIEW:
        return ""
    obstacle = rules.approving(user, alert, timezone.now())
    return obstacle.label if obstacle in {Obstacle.OWN_WORDS, Obstacle.OVER} else ""


@require_http_methods(["GET", "HEAD"])
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Show the page of an alert as readers of a language will see it, with the words as they are now."""
    alert = find(pk)
    texts = alert.latest_texts()
    text = texts.get(language) or texts.get(FALLBACK)
    if language not in LANGUAGES or text is None:
        raise Http404
    with override(language):
        context = {"alert": alert, "text": text, "is_live": True, "preview": True, "title": text.title}
        return render(request, "alerts/bench/preview.html", context)


# Writing


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Write a new alert."""
    if not rules.may(request.user, rules.WRITE):
        raise Http404
    form = write_form(request, initial={})
    if form.is_bound and form.is_valid():
        alert = actions.start(by=request.user, facts=form.facts, words=form.words)
        return to_alert(alert)
    return page(request, "alerts/bench/write.html", {"form": form, "title": _("Write an alert")})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the facts and the English words of a draft."""
    alert = find(pk)
    if obstacle := rules.writing(request.user, alert):
        messages.error(request, obstacle.label)
        return to_alert(alert)
    form = write_form(request, initial=WriteForm.initial_for(alert), rows=rows_for(alert.countries))
    if form.is_bound and form.is_valid():
        try:
            seen = seen_version(request)
            actions.write(alert, by=request.user, seen=seen, facts=form.facts, words=form.words)
            return to_alert(alert)
        except RefusedError as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "alert": alert, "version": shown_version(request, alert), "title": _("Write")}
    return page(request, "alerts/bench/write.html", context)


def write_form(request: HttpRequest, *, initial: dict[str, Any], rows: int = 3) -> WriteForm:
    """Return the form as it was sent; unchecked and with one more box where a country was to be added."""
    if request.method != "POST":
        return WriteForm(initial=initial, rows=rows)
    sent = rows_in(request.POST)
    if "more" not in request.POST:
        return WriteForm(request.POST, rows=sent)
    empty = WriteForm(request.POST, rows=sent)
    written = {name: empty[name].data for name in empty.fields}
    return WriteForm(initial=written, rows=sent + 1)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Write the words in one language, beside the English ones."""
    alert = find(pk)
    if language not in LANGUAGES or language == FALLBACK:
        raise Http404
    if obstacle := rules.translating(request.user, alert, language):
        messages.error(request, obstacle.label)
        return to_alert(alert)
    texts = alert.latest_texts()
    initial = WordsForm.initial_for_words(texts.get(language))
    sent = request.POST if request.method == "POST" else None
    form = WordsForm(sent, initial=initial, language=language)
    if form.is_bound and form.is_valid():
        try:
            seen = seen_version(request)
            actions.write_text(alert, language, by=request.user, seen=seen, words=form.words)
            return to_alert(alert)
        except RefusedError as refusal:
            form.add_error(None, refusal.reason)
    context = {
        "form": form, "alert": alert, "english": texts.get(FALLBACK), "language": language,
        "version": shown_version(request, alert), "title": LANGUAGES[language],
    }  # fmt: skip
    return page(request, "alerts/bench/text.html", context)


def shown_version(request: HttpRequest, alert: Alert) -> int:
    """Return the version that the page was made from; once it is old it stays old, however often it is sent."""
    return seen_version(request) if request.method == "POST" else alert.version


def seen_version(request: HttpRequest) -> int:
    """Return the version of the page that was sent; 0, which is none, for anything else."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004


# Acts


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says: one of ACTS, or approve the text in a language."""
    alert, name = find(pk), request.POST.get("act", "")
    language = request.POST.get("language", "")
    try:
        if name == "approve_text":
            actions.approve_text(alert, language, by=request.user, seen=seen_version(request))
            messages.success(request, _("The text is public."))
            return to_alert(alert)
        return done(request, name, alert)
    except RefusedError as refusal:
        messages.error(request, refusal.reason)
    except KeyError as error:
        raise Http404 from error
    return to_alert(alert) if Alert.objects.filter(pk=pk).exists() else to_list()


def done(request: HttpRequest, name: str, alert: Alert) -> HttpResponse:
    """Do one of ACTS; return where to go then."""
    said, verb = DONE[name], getattr(actions, name)
    found = verb(alert, by=request.user, seen=seen_version(request))
    messages.success(request, said)
    if name == "correct":
        return redirect("admin:alerts_alert_write", found.pk)
    return to_list() if name == "discard" else to_alert(alert)


def to_list() -> HttpResponse:
    return redirect(reverse("admin:alerts_alert_changelist"))
