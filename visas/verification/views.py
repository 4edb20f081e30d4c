"""The public check of a visa: for airlines, border officers, landlords and employers."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consular.accounts.addresses import client_address
from consular.lib.limits import allow, give_back, take
from visas.verification.forms import CheckForm, PassportForm
from visas.verification.models import DailyCount
from visas.verification.rules import Verdict, by_birth_date, by_code, with_passport

TRIES_AN_ADDRESS, TRIES_A_NUMBER, WRONG_DATES_A_NUMBER = 20, 10, 30
TEN_MINUTES, AN_HOUR = 600, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def check(request: HttpRequest) -> HttpResponse:
    """Check by number and birth date. The answer to a POST is shown at once: nothing typed enters a URL."""
    form = CheckForm(typed(request))
    if not form.is_valid():
        return render(request, "visas/verification/check.html", {"form": form})
    number = form.cleaned_data["number"]
    verdict = try_date(number, form.cleaned_data["birth_on"]) if may_try(request, number) else None
    return answer(request, verdict) if verdict else too_many(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def code(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Check the code printed on the paper; a passport number can be compared with it."""
    if not may_try(request, number):
        return too_many(request)
    verdict = by_code(number, token, on=timezone.localdate())
    form = PassportForm(typed(request))
    if form.is_valid():
        verdict = with_passport(verdict, form.cleaned_data["passport_number"])
    return answer(request, verdict, form=form)


@require_safe
@never_cache
@login_not_required
def scan(request: HttpRequest, number: str = "", token: str = "") -> HttpResponse:
    """Send a printed address to the page in the reader's language."""
    with override(get_language_from_request(request)):
        to = reverse("verification:code", args=[number, token]) if number else reverse("verification:check")
    return redirect(to)


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def may_try(request: HttpRequest, number: str) -> bool:
    """Count this try against the reader's address and, apart from it, against the number."""
    address = client_address(request)
    return allow("verify-address", address, tries=TRIES_AN_ADDRESS, seconds=TEN_MINUTES) and allow(
        "verify-number", address, number, tries=TRIES_A_NUMBER, seconds=AN_HOUR
    )


def try_date(number: str, birth_on: date) -> Verdict | None:
    """Return the verdict on a birth date; None when too many wrong ones were tried for the number, wherever from."""
    place = take("verify-date", number, tries=WRONG_DATES_A_NUMBER, seconds=AN_HOUR)
    if place is None:
        return None
    verdict = by_birth_date(number, birth_on, on=timezone.localdate())
    if verdict.evisa:
        give_back(place)
    return verdict


def answer(request: HttpRequest, verdict: Verdict, **context: Any) -> HttpResponse:
    DailyCount.note(timezone.localdate(), verdict.result)
    return render(
        request,
        "visas/verification/answer.html",
        {"verdict": verdict, "checked_at": timezone.now(), **context},
    )


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
