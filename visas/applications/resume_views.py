"""A code on paper for who loses their mailbox: keep it, come back with it, go on.

A wrong code, a wrong date and an unknown code get one answer, after the same work. Tries are counted for the address
they come from and for the code.
"""

import uuid
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from consular.accounts.addresses import client_address
from consular.lib.limits import allow, give_back, take
from consular.lib.references import spaced
from visas.applications import actions, resume, resume_gate
from visas.applications.models import ResumeCode, VisaApplication
from visas.applications.resume_forms import ResumeForm
from visas.applications.views import form_page

TRIES_OF_AN_ADDRESS, MINUTE = 10, 60
WRONG_TRIES_FOR_A_CODE, DAY = 5, 24 * 3600
NO_VERIFICATION: Any = "none"  # The mailbox is lost: nothing is sent there before the person is in


@form_page
@never_cache
def code(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Make a code, show it once, or delete it: the applicant's own, of a draft and of what was submitted."""
    own = VisaApplication.objects.of(request.user).select_related("sheet", "case")
    application = get_object_or_404(own, pk=application_id)
    made, wanted = "", request.POST.get("then")
    if wanted == "delete":
        actions.delete_code(application, by=request.user)
        messages.success(request, gettext("The code was deleted. It opens nothing any more."))
        return redirect("applications:code", application.pk)
    if wanted == "make" and resume.may_have_code(application):
        made = spaced(actions.make_code(application, by=request.user))
    context = {
        "application": application,
        "made": made,
        "standing": ResumeCode.objects.filter(application=application).first(),
        "may": bool(made) or resume.may_have_code(application),
        "address": request.build_absolute_uri(reverse("applications:resume")),
    }
    return render(request, "visas/applications/resume_code.html", context)


@form_page
@never_cache
@login_not_required
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the date of birth, and sign in who has both."""
    if request.method != "POST":
        return ask(request, ResumeForm())
    if not allow("resume-address", client_address(request), tries=TRIES_OF_AN_ADDRESS, seconds=MINUTE):
        return render(request, "429.html", status=429)
    form = ResumeForm(request.POST)
    found = find(form) if form.is_valid() else None
    return let_in(request, found) if found else ask(request, form)


def find(form: ResumeForm) -> ResumeCode | None:
    """Return the code that was typed with its date; if there is none, or after too many wrong tries, the form says so."""
    typed, birth_on = form.cleaned_data["code"], form.cleaned_data["birth_on"]
    place = take("resume-code", typed, tries=WRONG_TRIES_FOR_A_CODE, seconds=DAY)
    if place is None:
        form.add_error(
            None, gettext("Too many wrong tries with this code. Try again tomorrow, or write to us.")
        )
        return None
    found = resume.find(typed, birth_on)
    if found is None:
        form.add_error(
            None, gettext("We have no application with this code and this date of birth. Look at both again.")
        )
        return None
    give_back(place)
    return found


def let_in(request: HttpRequest, found: ResumeCode) -> HttpResponse:
    """Sign in; who has a second factor is asked for it."""
    application = found.application
    if request.user.is_authenticated:  # Another session's notes would be lost in the middle of the sign-in
        logout(request)
    actions.use_code(found)
    resume_gate.begin(request, found)
    arrives_at = reverse("applications:resumed", args=[application.pk])
    login = Login(user=application.applicant, email_verification=NO_VERIFICATION, redirect_url=arrives_at)
    response: HttpResponse = perform_login(request, login)
    return response


def ask(request: HttpRequest, form: ResumeForm) -> HttpResponse:
    return render(request, "visas/applications/resume.html", {"form": form})


@require_GET
@never_cache
def resumed(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Ask who came in with a code for an address that they can open, and lead to the application."""
    own = VisaApplication.objects.of(request.user).select_related("case", "applicant")
    application = get_object_or_404(own, pk=application_id)
    if resume_gate.resumed(request) is None:
        return redirect("portal:home")
    context = {"application": application, "known": masked(application.applicant.email)}
    return render(request, "visas/applications/resumed.html", context)


def masked(address: str) -> str:
    """Return enough of an address for its owner to know it: s…@example.org."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}"
