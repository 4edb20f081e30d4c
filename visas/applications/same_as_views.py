"""The buttons of a page that answer its section as another traveller does, or apart again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from consular.questionnaires.group import ACT
from consular.questionnaires.schema import Page
from visas.applications import actions, resume_gate, same_as
from visas.applications.context import answers_of
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.applications.party import companions
from visas.applications.party_names import names
from visas.applications.same_as_offers import Offer, offer

SAME, APART, OTHER = "same", "apart", "other"


def offered(request: HttpRequest, draft: Draft, page: Page) -> Offer | None:
    """Return what a page offers; nothing to who came in with a code on paper: it closes the other applications."""
    return None if resume_gate.resumed(request) else offer(draft, page, request.user)


def answered_as(request: HttpRequest, draft: Draft, page: Page) -> HttpResponse | None:
    """Do what such a button asks for, after its page was saved, and show the page; None when none was pressed."""
    wish = request.POST.get(ACT)
    if wish not in {SAME, APART}:
        return None
    if resume_gate.resumed(request):
        raise Http404
    section = draft.filling.document.section_of.get(page.id)
    if section is None or not same_as.sources(draft.filling.document, section.id):
        raise Http404
    if wish == APART:
        actions.answer_apart(draft.application, section.id, by=request.user)
        messages.success(
            request, gettext("These answers are this traveller’s own now. Change what is different.")
        )
    else:
        take_answers(request, draft, section.id, companion(request, draft.application))
    return redirect(request.get_full_path())


def companion(request: HttpRequest, application: VisaApplication) -> VisaApplication:
    """Return the traveller who was chosen: another one of the party whom the reader may open, or 404."""
    try:
        chosen = uuid.UUID(request.POST.get(OTHER, ""))
    except ValueError as error:
        raise Http404 from error
    others = companions(application).open_to(request.user).exclude(pk=application.pk)
    return get_object_or_404(others, pk=chosen)


def take_answers(request: HttpRequest, draft: Draft, section: str, other: VisaApplication) -> None:
    called: dict[Any, str] = names([other])
    named = {"name": called[other.pk]}
    if section == same_as.GUARDIAN and not same_as.is_of_age(answers_of(other)):
        messages.error(request, gettext("%(name)s is not known to be 18 or older.") % named)
        return
    try:
        actions.answer_alike(draft.application, section, other, by=request.user)
    except actions.NotAlikeError:
        messages.error(
            request,
            gettext("%(name)s answers this as this traveller does. Answer it apart there first.") % named,
        )
        return
    messages.success(
        request, gettext("Filled in from the answers of %(name)s. Look whether they are right.") % named
    )
