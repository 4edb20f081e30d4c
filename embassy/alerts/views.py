"""Subscriptions without an account: by links in letters to the address itself.

A link only shows; a button does. So a mail program that opens every link confirms nothing and ends nothing,
and pressing twice is as good as once. The one exception asks for no page at all: the POST of a mail program's
own "Unsubscribe" (RFC 8058), which carries neither session nor CSRF token; the token in the address is secret.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from embassy.alerts import actions, secrecy
from embassy.alerts.forms import ChoicesForm, SubscribeForm, rows_for, rows_in
from embassy.alerts.models import Subscriber

HOUR, DAY = 3600, 86_400
LETTERS_TO_AN_ADDRESS, ASKS_OF_A_NETWORK = 3, 20  # each hour
LETTERS_A_DAY = 6  # to an address: anybody may have typed it
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@never_cache
@login_not_required
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address and what to send to it. Whether we knew it before, the answer does not tell."""
    if request.method != "POST":
        form = SubscribeForm(initial=SubscribeForm.usual() | from_link(request))
        return render(request, "alerts/subscribe.html", {"form": form})
    if "more" in request.POST:
        form = reopened(SubscribeForm, request)
    else:
        form = SubscribeForm(request.POST, rows=rows_in(request.POST))
        if form.is_valid():
            return ask_by_mail(request, form)
    return render(request, "alerts/subscribe.html", {"form": form})


def from_link(request: HttpRequest) -> dict[str, str]:
    """Return the country of a link such as ?country=QRO as a choice."""
    code = request.GET.get("country", "")[:3].upper()
    return {"where": "some", "country_1": code} if code else {}


def reopened(kind: type[Any], request: HttpRequest) -> Any:
    """Return a form as it was filled in, unchecked, with one more box for a country."""
    written: dict[str, Any] = {name: request.POST[name] for name in request.POST}
    written["kinds"] = request.POST.getlist("kinds")
    return kind(initial=written, rows=rows_in(request.POST) + 1)


def ask_by_mail(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    """Owe the letter, at most some each hour; the one who asks is not told when the address has had enough."""
    if not allow("alerts-network", client_address(request), tries=ASKS_OF_A_NETWORK, seconds=HOUR):
        return render(request, "429.html", status=429)
    address = form.cleaned_data["email"]
    if may_write_to(address):
        actions.subscribe(address, form.choices)
    return redirect("alerts:subscribe_sent")


def may_write_to(address: str) -> bool:
    mailbox = secrecy.normalised(address)
    this_hour = allow("alerts-address", mailbox, tries=LETTERS_TO_AN_ADDRESS, seconds=HOUR)
    return this_hour and allow("alerts-address-day", mailbox, tries=LETTERS_A_DAY, seconds=DAY)


@require_safe
@never_cache
@login_not_required
def subscribe_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/subscribe_sent.html")


@form_page
@never_cache
@login_not_required
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; the button confirms."""
    subscriber = owner_of(token)
    if subscriber is None:
        return unknown(request)
    if request.method == "POST":
        actions.confirm(subscriber.public_id)
        messages.success(request, _("You will get the alerts that you chose."))
        return redirect("alerts:subscription", token)
    if subscriber.confirmed_at:
        return redirect("alerts:subscription", token)
    return render(request, "alerts/confirm.html", {"subscriber": subscriber, "token": token})


@form_page
@never_cache
@login_not_required
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Show what we keep of a subscriber, and change it."""
    subscriber = owner_of(token)
    if subscriber is None:
        return unknown(request)
    if subscriber.confirmed_at is None:
        return redirect("alerts:confirm", token)
    form = choices_form(request, subscriber)
    if form.is_valid():
        actions.choose(subscriber, form.choices)
        messages.success(request, _("Saved."))
        return redirect("alerts:subscription", token)
    context = {
        "form": form, "subscriber": subscriber, "token": token, "address": secrecy.unseal(subscriber.address),
    }  # fmt: skip
    return render(request, "alerts/subscription.html", context)


def choices_form(request: HttpRequest, subscriber: Subscriber) -> ChoicesForm:
    if request.method != "POST":
        initial = ChoicesForm.initial_for(subscriber)
        return ChoicesForm(initial=initial, rows=rows_for(subscriber.countries))
    if "more" in request.POST:
        found: ChoicesForm = reopened(ChoicesForm, request)
        return found
    return ChoicesForm(request.POST, rows=rows_in(request.POST))


@csrf_exempt
@form_page
@never_cache
@login_not_required
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; the button, or the mail program's own one, ends it. Twice is as good as once."""
    public_id = secrecy.read_token(token)
    if public_id is None:
        return unknown(request)
    if request.method == "POST":
        actions.unsubscribe(public_id)
    if not Subscriber.objects.filter(public_id=public_id).exists():
        return render(request, "alerts/unsubscribed.html")
    return render(request, "alerts/unsubscribe.html", {"token": token})


def owner_of(token: str) -> Subscriber | None:
    public_id: uuid.UUID | None = secrecy.read_token(token)
    return Subscriber.objects.filter(public_id=public_id).first() if public_id else None


def unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/unknown_token.html", status=404)
