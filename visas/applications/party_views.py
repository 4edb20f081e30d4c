"""A travelling party: who travels, adding a traveller, taking one out."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consular.questionnaires.replay import keeps_typing
from consular.ui.templatetags.ui import digits
from visas.applications import actions
from visas.applications.draft import Draft
from visas.applications.models import LARGEST, VisaApplication
from visas.applications.party import companions, travellers
from visas.applications.party_forms import JoinForm
from visas.applications.party_names import names
from visas.applications.views import form_page, get_own

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Give the view an application that the reader may open, sent or not; 404 to strangers."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
        return view(request, get_own(request, application_id))

    return wrapped


def applicants(view: View) -> View:
    """Give the view the reader's own application: who travels, the applicant alone decides."""

    @own
    @wraps(view)
    def wrapped(request: HttpRequest, application: VisaApplication) -> HttpResponse:
        if application.acting(request.user):
            raise Http404
        return view(request, VisaApplication.objects.with_sheet().get(pk=application.pk))

    return wrapped


def page_of(
    request: HttpRequest, template: str, application: VisaApplication, **context: Any
) -> HttpResponse:
    known = {"application": application, "may_change": application.acting(request.user) is None}
    return render(request, f"visas/applications/{template}.html", {**known, **context})


@require_safe
@own
def party(request: HttpRequest, application: VisaApplication) -> HttpResponse:
    """Show everybody who travels together, what is missing and what each pays, and lead on."""
    return page_of(request, "party", application, party=travellers(application, request.user))


@keeps_typing
@form_page
@applicants
def party_add(request: HttpRequest, application: VisaApplication) -> HttpResponse:
    """Add a traveller: one form adds one, however often it is sent."""
    beside = Draft.of(application)
    form = JoinForm(
        request.POST or None, user=request.user, beside=beside, name=names([application])[application.pk]
    )
    if request.method == "POST" and form.is_valid():
        return add(request, application, form)
    if request.method != "POST" and companions(application).count() >= LARGEST:
        return full(request, application)
    return page_of(request, "party_add", application, form=form)


def add(request: HttpRequest, application: VisaApplication, form: JoinForm) -> HttpResponse:
    try:
        added = actions.join(beside=application, by=request.user, **form.answers())
    except actions.PartyIsFullError:
        return full(request, application)
    return redirect("applications:passport_first", added.pk)


def full(request: HttpRequest, application: VisaApplication) -> HttpResponse:
    """Say that nobody else can join, on the page of those who travel."""
    words = gettext(
        "At most %(number)s people can travel in one party. For more, begin another application from your home page."
    )
    messages.error(request, words % {"number": digits(LARGEST)})
    return redirect("applications:party", application.pk)


@form_page
@applicants
def party_leave(request: HttpRequest, application: VisaApplication) -> HttpResponse:
    """Ask whether to take a traveller out, and do it; one whose application was sent leaves by withdrawing it."""
    if application.party_id is None:
        return redirect("applications:discard", application.pk)
    name = names([application])[application.pk]
    if request.method == "POST" and not application.is_submitted:
        return take_out(request, application, name)
    followers = names(each.application for each in application.followers.select_related("application"))
    return page_of(request, "party_leave", application, name=name, followers=sorted(set(followers.values())))


def take_out(request: HttpRequest, application: VisaApplication, name: str) -> HttpResponse:
    """Discard the draft, and lead to those who still travel; to its page if it was sent in that very moment."""
    rest = companions(application).exclude(pk=application.pk)
    try:
        actions.discard(application, by=request.user)
    except actions.AlreadySubmittedError:
        return redirect("applications:party_leave", application.pk)
    except VisaApplication.DoesNotExist:  # Pressed twice
        pass
    messages.success(request, gettext("%(name)s was taken out, and the draft was deleted.") % {"name": name})
    beside = rest.first()
    return redirect("applications:party", beside.pk) if beside else redirect("portal:home")
