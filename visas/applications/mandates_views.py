"""Who acts for an applicant: invited, listed and ended by the applicant; accepted, declined and given back by others."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consular.lib.refusal import RefusedError
from visas.applications import mandates
from visas.applications.actions.accept import NotAccepted, accept, decline, obstacle
from visas.applications.actions.end_mandate import end_mandate
from visas.applications.actions.invite import invite
from visas.applications.mandates_forms import InviteForm
from visas.applications.models import Mandate, State, VisaApplication
from visas.applications.views import form_page, get_own, language
from visas.policy.book import current


def get_applicants(request: HttpRequest, application_id: uuid.UUID) -> VisaApplication:
    """Return the reader's own application, draft or submitted; 404 to everybody else, also to who acts for them."""
    application = get_own(request, application_id)
    if application.mandate:
        raise Http404
    return application


# The applicant


@form_page
@never_cache
def listed(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Show who acts for the applicant, and invite somebody."""
    application = get_applicants(request, application_id)
    form = InviteForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and send(request, application, form):
        return redirect("applications:mandates", application.pk)
    context = {"application": application, "form": form, "given": mandates.given(application)}
    return render(request, "visas/applications/mandates.html", context)


def send(request: HttpRequest, application: VisaApplication, form: InviteForm) -> bool:
    """Invite, and say so; False when the form says why not. The words tell nothing about accounts."""
    try:
        invite(application, form.offer(), by=request.user, language=language())
    except RefusedError as refusal:
        form.add_error("email", refusal.reason)
        return False
    messages.success(request, gettext("We sent the invitation. Tell the person that it comes from you."))
    return True


@require_POST
@never_cache
def end(request: HttpRequest, application_id: uuid.UUID, mandate_id: uuid.UUID) -> HttpResponse:
    """End a mandate at once, or take an invitation back."""
    application = get_applicants(request, application_id)
    mandate = get_object_or_404(Mandate.objects.about(application), pk=mandate_id)
    end_mandate(mandate, by=request.user)
    if mandate.accepted_at:
        messages.success(request, gettext("The mandate has ended. What was filled in stays."))
    else:
        messages.success(request, gettext("The invitation was taken back."))
    return redirect("applications:mandates", application.pk)


# Whoever is invited


@form_page
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an invitation offers to whom it was sent, and take the answer. A link that is none is 404."""
    mandate = mandates.invitation(token)
    if mandate is None:
        raise Http404
    if mandate.holder_id == request.user.pk and mandate.is_in_force():
        return redirect("portal:home")
    if request.method == "POST":
        return answer(request, mandate)
    return show(request, mandate, obstacle(request.user, mandate))


def show(request: HttpRequest, mandate: Mandate, why_not: NotAccepted | None) -> HttpResponse:
    """Show the offer; to whom it is not for, nothing about whose it is."""
    context = {"why_not": why_not.label} if why_not else offer(mandate)
    return render(request, "visas/applications/mandate_invitation.html", context)


def offer(mandate: Mandate) -> dict[str, object]:
    book = current()
    about = [str(book.category(each.category).name) for each in mandates.covered(mandate)]
    return {"mandate": mandate, "about": about}


def answer(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Accept or decline, as the pressed button says."""
    try:
        if request.POST.get("answer") == "accept":
            accept(mandate, by=request.user)
            messages.success(request, gettext("You may now act for %(name)s.") % {"name": mandate.given_by})
        elif request.POST.get("answer") == "decline":
            decline(mandate, by=request.user)
            messages.success(request, gettext("You declined the invitation."))
        else:
            return show(request, mandate, obstacle(request.user, mandate))
    except RefusedError as refusal:
        return show(request, mandate, NotAccepted(refusal.obstacle.value))
    return redirect("portal:home")


@form_page
@never_cache
def give_back(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Ask the holder whether to give the mandate back, and do it; pressed twice, it is given back once."""
    mandate = get_object_or_404(
        Mandate.objects.held_by(request.user).select_related("given_by"), pk=mandate_id
    )
    if mandate.state != State.IN_FORCE:
        return redirect("portal:home")
    if request.method != "POST":
        return render(request, "visas/applications/mandate_give_back.html", {"mandate": mandate})
    end_mandate(mandate, by=request.user)
    messages.success(request, gettext("You gave the mandate back."))
    return redirect("portal:home")
