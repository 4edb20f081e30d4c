"""Show a visa to somebody by a code: the holder's page, and the public one where the code is typed."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consular.accounts.addresses import client_address
from consular.lib.limits import allow, give_back, take
from consular.lib.references import spaced
from visas.issuance.models import EVisa
from visas.issuance.rules import may_download
from visas.verification import actions, sharing
from visas.verification.models import DailyCount, Share
from visas.verification.secrets_kept import CODE_GROUP, digest
from visas.verification.sharing_forms import CodeForm, ShareForm
from visas.verification.status import Purpose
from visas.verification.views import TEN_MINUTES, too_many, typed

TRIES_OF_AN_ADDRESS = 20
WRONG_TRIES_FOR_A_CODE = (  # How many, in how many seconds: who knows a code cannot try every birth date
    ("share-code", 5, 3600),
    ("share-code-week", 30, 7 * 24 * 3600),
)
LOOKS_SHOWN = 10  # of each code


# The holder


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shares(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Make a code, show it once, and show what became of the others."""
    evisa = own_visa(request, application_id)
    form, made = ShareForm(typed(request)), ""
    if form.is_valid():
        made = make(request, evisa, form)
    return render(request, "visas/verification/shares.html", context(request, evisa, form, made))


def own_visa(request: HttpRequest, application_id: uuid.UUID) -> EVisa:
    """Return the visa in force of an application; to whoever may not have its paper there is no such page."""
    found = EVisa.objects.select_related("application__case").filter(
        application=application_id, revoked_at=None
    )
    evisa = get_object_or_404(found)
    if not may_download(request.user, evisa):
        raise Http404
    return evisa


def make(request: HttpRequest, evisa: EVisa, form: ShareForm) -> str:
    purpose, days = Purpose(form.cleaned_data["purpose"]), int(form.cleaned_data["days"])
    try:
        return spaced(actions.share(evisa, purpose=purpose, days=days, by=request.user), CODE_GROUP)
    except actions.TooManyError:
        form.add_error(None, gettext("There are 20 codes for this visa. End one before you make another."))
        return ""


def context(request: HttpRequest, evisa: EVisa, form: ShareForm, made: str) -> dict[str, Any]:
    now = timezone.now()
    found = evisa.shares.prefetch_related("looks")
    return {
        "evisa": evisa,
        "form": form,
        "made": made,
        "address": request.build_absolute_uri(reverse("verification:share")),
        "shares": [
            {
                "share": each,
                "looks": list(each.looks.all())[:LOOKS_SHOWN],
                "is_open": each.revoked_at is None and each.ends_at > now,
            }
            for each in found
        ],
    }


@require_POST
@never_cache
def stop(request: HttpRequest, application_id: uuid.UUID, share_id: uuid.UUID) -> HttpResponse:
    """End a code at once."""
    evisa = own_visa(request, application_id)
    shared = get_object_or_404(Share.objects.select_related("evisa__application"), pk=share_id, evisa=evisa)
    actions.stop_sharing(shared, by=request.user)
    messages.success(request, gettext("The code has ended. It shows nothing any more."))
    return redirect("verification:shares", application_id)


# Whoever was given a code


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def share(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the birth date, and show what the code is for. Nothing typed enters a URL."""
    if request.method != "POST":
        return render(request, "visas/verification/share.html", {"form": CodeForm()})
    if not allow("share-address", client_address(request), tries=TRIES_OF_AN_ADDRESS, seconds=TEN_MINUTES):
        return too_many(request)
    form = CodeForm(request.POST)
    found = opened(form) if form.is_valid() else None
    if found is None:
        return render(request, "visas/verification/share.html", {"form": form})
    return shown(request, found)


def opened(form: CodeForm) -> Share | None:
    """Return what was asked for. Wrong code, wrong date, ended code and too many tries: one answer, one query."""
    code = form.cleaned_data["code"]
    kept = digest(code, sharing.CODE)
    places = [
        take(name, kept, tries=tries, seconds=seconds) for name, tries, seconds in WRONG_TRIES_FOR_A_CODE
    ]
    found = sharing.find(code, form.cleaned_data["birth_on"], at=timezone.now())
    if found is None or None in places:
        DailyCount.note(timezone.localdate(), "share_unknown")
        words = gettext(
            "No visa is shown with this code and this date of birth. Look at both again, and ask the holder whether "
            "the code is still good. After five wrong tries a code is closed for an hour."
        )
        form.add_error(None, words)
        return None
    for place in filter(None, places):
        give_back(place)
    return found


def shown(request: HttpRequest, found: Share) -> HttpResponse:
    today = timezone.localdate()
    actions.note_look(found)
    DailyCount.note(today, "share_shown")
    standing = found.evisa.standing(today)
    answer = {
        "share": found,
        "rows": list(sharing.rows(found)),
        "standing": standing,
        "checked_at": timezone.now(),
    }
    return render(request, "visas/verification/shared.html", answer)
