"""Correcting what was submitted: begin, change answers page by page, see old beside new, declare and send."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from consular.cases.actions import RefusedError
from consular.questionnaires.actions import SheetIsFrozenError
from consular.questionnaires.filling import Entry
from consular.questionnaires.forms import PageForm
from consular.questionnaires.group import ACT, ADD, REMOVE
from consular.questionnaires.replay import keeps_typing
from consular.questionnaires.schema import Page
from visas.applications import consents
from visas.applications.actions import fill_in
from visas.applications.actions.correct import (
    NotSendableError,
    discard_correction,
    open_correction,
    put_back,
    send_correction,
)
from visas.applications.copies_views import get_submitted
from visas.applications.corrections import may_change, pages_to_change
from visas.applications.corrections_buffer import Buffer
from visas.applications.corrections_forms import CorrectionForm
from visas.applications.corrections_review import cards
from visas.applications.models import Correction, Scope, VisaApplication
from visas.applications.views import form_page, language

View = Callable[..., HttpResponse]


def own_correction(view: View) -> View:
    """Give the view the reader's open correction of a case that is still open; else lead to where it is begun."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, application_id: uuid.UUID, **arguments: Any) -> HttpResponse:
        application = get_submitted(request, application_id, Scope.ACT)
        buffer = Buffer.open_for(application)
        if buffer is None or application.submitted_case.is_closed:
            return redirect("applications:correct", application.pk)
        try:
            return view(request, buffer, **arguments)
        except (SheetIsFrozenError, Correction.DoesNotExist):
            return redirect("applications:correct", application.pk)

    return wrapped


def page_of(request: HttpRequest, name: str, application: VisaApplication, **context: Any) -> HttpResponse:
    case = application.submitted_case
    parts = [part.label for part in may_change(case.status)]
    known = {"application": application, "case": case, "parts": sorted(map(str, parts))}
    return render(request, f"visas/applications/{name}.html", {**known, **context})


@form_page
@never_cache
def correct(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Say what may be changed, begin, and show what was changed so far; nothing is sent here."""
    application = get_submitted(request, application_id, Scope.ACT)
    case, buffer = application.submitted_case, Buffer.open_for(application)
    if request.method == "POST":
        act(request, application, buffer)
        return redirect("applications:correct", application.pk)
    if buffer is None:
        return page_of(request, "correct_begin", application)
    refused = buffer.outcome.refused(case.status)
    may_go_on = buffer.may_be_sent(case.status)
    listed = cards(buffer, pages_to_change(buffer.outcome.after, case.status))
    return page_of(
        request, "correct", application, buffer=buffer, refused=refused, may_go_on=may_go_on, cards=listed
    )


def act(request: HttpRequest, application: VisaApplication, buffer: Buffer | None) -> None:
    """Begin, throw away, or put back what may no longer be changed, as the pressed button says."""
    wish = request.POST.get(ACT)
    if wish == "begin":
        begin(request, application)
    elif buffer and wish == "discard":
        discard_correction(buffer.correction, by=request.user)
        messages.success(request, gettext("Your changes were thrown away. Your application is as it was."))
    elif buffer and wish == "put_back":
        refused = buffer.outcome.refused(application.submitted_case.status)
        put_back(buffer.correction, [change.question.id for change in refused])


def begin(request: HttpRequest, application: VisaApplication) -> None:
    try:
        open_correction(application, by=request.user)
    except RefusedError:
        messages.error(request, closed_words())


def closed_words() -> str:
    return gettext("Your application is closed, so its answers cannot be changed any more.")


@keeps_typing
@form_page
@own_correction
def correct_page(request: HttpRequest, buffer: Buffer, page_id: str) -> HttpResponse:
    """Ask the questions of one page that may be changed. Every POST saves what it got, right or wrong."""
    application, answers = buffer.application, buffer.outcome.after
    asked, status = answers.document.pages.get(page_id), application.submitted_case.status
    if asked is None or asked == answers.document.closing:
        raise Http404
    if request.method == "POST":
        keep(request, buffer, CorrectionForm(asked, answers, request.POST, status=status).entries())
        return redirect(address_after(request, application, asked))
    form = CorrectionForm(asked, answers, status=status, more=request.GET.get("more", ""))
    if not form.questions:
        return redirect("applications:correct", application.pk)
    return page_of(request, "correct_page", application, page=asked, form=form)


def keep(request: HttpRequest, buffer: Buffer, entries: dict[str, Entry]) -> None:
    """Save what was posted to a page into the buffer, marked where it is somebody who acts for the applicant."""
    sheet, known = buffer.correction.after, buffer.outcome.after
    fill_in(buffer.application, sheet, entries, known=known, by=request.user)


def address_after(request: HttpRequest, application: VisaApplication, page: Page) -> str:
    """Return the address after a page was saved: its rows, a page with something wrong, or the overview."""
    wish, name, *_row = [*request.POST.get(ACT, "").split(), "", ""]
    if wish in {ADD, REMOVE}:
        more = f"?more={quote(name)}" if wish == ADD else ""
        return f"{request.path}{more}#id_{quote(name)}{'_last' if more else ''}"
    buffer = Buffer.open_for(application)
    wrong = buffer.outcome.obstacles if buffer else []
    following = page if page in wrong else next(iter(wrong), None)
    if following:
        return reverse("applications:correct_page", args=[application.pk, following.id])
    return reverse("applications:correct", args=[application.pk])


@keeps_typing
@form_page
@own_correction
def correct_send(request: HttpRequest, buffer: Buffer) -> HttpResponse:
    """Show old beside new once more, ask for the declarations, and send."""
    application, answers = buffer.application, buffer.outcome.after
    closing = answers.document.closing
    if request.method == "POST":
        keep(request, buffer, PageForm(closing, answers, request.POST).entries())
        return send(request, buffer)
    if not buffer.may_be_sent(application.submitted_case.status):
        return redirect("applications:correct", application.pk)
    form, signed = PageForm(closing, answers), consents.signed(request.user, application, language())
    return page_of(
        request, "correct_send", application, buffer=buffer, page=closing, form=form, signed=signed
    )


def send(request: HttpRequest, buffer: Buffer) -> HttpResponse:
    """Send, or say what stands in the way; then nothing that was changed is lost."""
    application = buffer.application
    try:
        send_correction(buffer.correction, by=request.user, language=language())
    except RefusedError:
        messages.error(request, gettext("Your application was closed meanwhile. Your changes were not sent."))
        return redirect("applications:correct", application.pk)
    except NotSendableError as error:
        ready = error.buffer.may_be_sent(error.buffer.application.submitted_case.status)
        return redirect(f"applications:{'correct_send' if ready else 'correct'}", application.pk)
    messages.success(
        request, gettext("We have your corrections. The officer sees them beside your earlier answers.")
    )
    return redirect("portal:case_detail", application.submitted_case.reference)
