"""The status of a case for whoever knows its reference and the traveller's date of birth; no account is needed.

A wrong reference and a wrong date get one answer, after the same work. Wrong tries are counted for the address
they come from and for the reference. What was looked up stays open in this browser for half an hour, so that
"Check again" asks nothing; neither address nor page holds a date of birth or a name.
"""

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consular.accounts.addresses import client_address
from consular.cases.models import Case
from consular.lib.limits import allow, give_back, take
from consular.lib.references import spaced
from consular.portal import case_page
from consular.portal.forms import StatusForm
from consular.portal.news import news

TRIES_OF_AN_ADDRESS, MINUTE = 10, 60
WRONG_TRIES_FOR_A_REFERENCE, HOUR = 5, 3600
OPEN_FOR_SECONDS = 30 * 60
MOST_OPEN = 5
SESSION_KEY = "status_open_until"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def status(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and the date of birth, and open the status of the case they belong to."""
    if request.method != "POST":
        return ask(request, StatusForm(initial={"reference": request.GET.get("reference", "")[:20]}))
    if not allow("status-address", client_address(request), tries=TRIES_OF_AN_ADDRESS, seconds=MINUTE):
        return render(request, "429.html", status=429)
    form = StatusForm(request.POST)
    if not form.is_valid() or not found(form):
        return ask(request, form)
    keep_open(request, form.cleaned_data["reference"])
    return redirect("portal:status_result", form.cleaned_data["reference"])


def found(form: StatusForm) -> bool:
    """Tell whether there is such a case; if not, or after too many wrong tries, the form says so."""
    reference, birth_on = form.cleaned_data["reference"], form.cleaned_data["birth_on"]
    place = take("status-reference", reference, tries=WRONG_TRIES_FOR_A_REFERENCE, seconds=HOUR)
    if place is None:
        form.add_error(None, _("Too many wrong tries for this reference. Try again in an hour, or sign in."))
    elif Case.objects.filter(reference=reference, birth_on=birth_on).exists():
        give_back(place)
    else:
        form.add_error(
            None, _("We have no application with this reference and this date of birth. Look at both again.")
        )
    return form.is_valid()


def ask(request: HttpRequest, form: StatusForm) -> HttpResponse:
    return render(request, "portal/status.html", {"form": form})


def keep_open(request: HttpRequest, reference: str) -> None:
    """Remember in the session that this browser may see the case for a while."""
    still_open = {**request.session.get(SESSION_KEY, {}), reference: time.time() + OPEN_FOR_SECONDS}
    newest = sorted(still_open.items(), key=lambda item: item[1])[-MOST_OPEN:]
    request.session[SESSION_KEY] = dict(newest)


def opened_case(request: HttpRequest, reference: str) -> Case | None:
    """Return the case if this browser looked it up within the last half hour."""
    if request.session.get(SESSION_KEY, {}).get(reference, 0) < time.time():
        return None
    return Case.objects.select_related("mission").filter(reference=reference).first()


@require_safe
@never_cache
@login_not_required
def status_result(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how the case stands; ask for the date of birth (again) when it is not open in this browser."""
    case = opened_case(request, reference)
    if case is None:
        return ask(request, StatusForm(initial={"reference": spaced(reference)}))
    return render(request, "portal/status_result.html", {"case": case, **case_page.state(case)})


@require_safe
@cache_control(private=True, no_cache=True)
@login_not_required
def status_state(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the page's own question whether there is news; 204 when the half hour is over."""
    case = opened_case(request, reference)
    if case is None:
        return HttpResponse(status=204)
    return news(request, "portal/state.html", case_page.state(case), final=case.is_closed)
