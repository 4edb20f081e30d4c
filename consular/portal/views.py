"""The applicant's own pages: their cases, what we ask them, their messages. Strangers get 404."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consular.cases import deputies, rules
from consular.cases.actions import RefusedError, send_answer, withdraw
from consular.cases.models import Attachment, Case
from consular.cases.status import Act
from consular.lib.ended import RightEndedError
from consular.notifications.actions import read
from consular.notifications.models import Message
from consular.portal import case_page
from consular.portal.drafts import drafts_of
from consular.portal.forms import AnswerForm
from consular.portal.news import news
from consular.portal.others import others_of

MESSAGES_ON_A_PAGE = 20
form_page = require_http_methods(["GET", "HEAD", "POST"])


def open_case(request: HttpRequest, reference: str, act: Act | None = None) -> Case:
    """Return a case that the reader may open: their own, or of whom they act for; 404 to everybody else.

    With `act`, only to whom may do it for the applicant, whatever the state of the case.
    """
    known = Case.objects.select_related("mission", "applicant")
    case = get_object_or_404(known, reference=reference)
    if rules.is_applicant(request.user, case):
        return case
    deputies_of = deputies.of(case)
    case.right = deputies_of.right(request.user, case)
    if case.right is None:
        raise RightEndedError if deputies_of.has_ended(request.user, case) else Http404
    if act and not (case.right.may_act and act in rules.DELEGATED):
        raise Http404
    return case


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show what the person has begun and handed in."""
    own = Case.objects.of_applicant(request.user).select_related("mission").order_by("-opened_at")
    context = {
        "drafts": drafts_of(request.user),
        "lines": case_page.lines(own),
        "others": case_page.with_states(others_of(request.user)),
        "unread": Message.objects.inbox_of(request.user).unread().count(),
    }
    return render(request, "portal/home.html", context)


@require_safe
@never_cache
def case_detail(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "portal/case_detail.html", case_page.context(open_case(request, reference)))


@require_safe
@cache_control(private=True, no_cache=True)
def case_state(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the page's own question whether there is news."""
    case = open_case(request, reference)
    return news(
        request, "portal/own_state.html", case_page.own_state(case), final=not case_page.is_waiting(case)
    )


@form_page
@never_cache
def case_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the applicant answer what an officer asks: saved at every POST, sent when they say so."""
    case = open_case(request, reference, Act.ANSWER)
    letter = case_page.open_request(case)
    if letter is None:
        return nothing_to_answer(request, case)
    form = AnswerForm(request.POST or None, request.FILES or None, letter=letter)
    if request.method == "POST":
        try:
            if response := save_answer(request, form):
                return response
        except RefusedError:
            return nothing_to_answer(request, case)
    return render(request, "portal/case_answer.html", {"case": case, "letter": letter, "form": form})


def save_answer(request: HttpRequest, form: AnswerForm) -> HttpResponse | None:
    """Save what is valid and, if asked to, send; return None to show the form with its messages."""
    form.full_clean()
    form.save(by=request.user)
    case, wants_to_send = form.letter.case, "send" in request.POST
    if form.is_valid() and wants_to_send and not send_answer(form.letter, by=request.user):
        form.name_what_is_missing()
    if not form.is_valid():
        return None
    if wants_to_send:
        messages.success(request, _("We have your answer. The officer goes on with your application."))
        return redirect("portal:case_detail", case.reference)
    messages.success(request, _("Saved. Nothing has been sent yet."))
    return redirect("portal:case_answer", case.reference)


def nothing_to_answer(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, _("There is nothing to answer now."))
    return redirect("portal:case_detail", case.reference)


@require_POST
def answer_remove(request: HttpRequest, reference: str, attachment_id: int) -> HttpResponse:
    """Take a file out of an answer that has not been sent."""
    case = open_case(request, reference, Act.ANSWER)
    attachment = get_object_or_404(Attachment, pk=attachment_id, case=case)
    try:
        case_page.take_out(attachment, by=request.user)
    except RefusedError:
        return nothing_to_answer(request, case)
    return redirect("portal:case_answer", case.reference)


@form_page
@never_cache
def case_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether the applicant is sure, then close the case."""
    case = open_case(request, reference, Act.WITHDRAW)
    if case.is_closed:
        return redirect("portal:case_detail", case.reference)
    if request.method != "POST":
        return render(request, "portal/case_withdraw.html", {"line": case_page.lines([case])[0]})
    try:
        withdraw(case, by=request.user)
        messages.success(request, _("You have withdrawn your application."))
    except RefusedError as refusal:
        messages.error(request, refusal.reason)
    return redirect("portal:case_detail", case.reference)


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    pages = Paginator(Message.objects.inbox_of(request.user), MESSAGES_ON_A_PAGE)
    return render(request, "portal/inbox.html", {"page": pages.get_page(request.GET.get("page"))})


@require_safe
@never_cache
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Show a message, and note that it has been read."""
    found: Any = get_object_or_404(Message.objects.inbox_of(request.user), pk=message_id)
    read(found)
    context = {"message": found, "case": linked_case(request, found), "delivery": found.deliveries.first()}
    return render(request, "portal/message.html", context)


def linked_case(request: HttpRequest, message: Message) -> Case | None:
    """Return the case that a message is about, if its reader may open it."""
    case = Case.objects.filter(reference=message.case_reference).first() if message.case_reference else None
    if case is None or rules.is_applicant(request.user, case):
        return case
    return case if deputies.of(case).right(request.user, case) else None
