"""Read a text before readers do: compare it, approve it or send it back, hand it in, give it up, bring it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from embassy.content import actions, difference, links, rules
from embassy.content.actions import RefusedError
from embassy.content.forms import ApprovalForm, RemarkForm
from embassy.content.models import Revision
from embassy.content.status import State
from embassy.content.views.fetching import draw, language_of, text_for
from embassy.content.views.writing import number


def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one text: what it says, what it changes, and what may be done with it."""
    revision = text_for(request.user, pk)
    return show(request, revision, ApprovalForm(), RemarkForm())


def show(request: HttpRequest, revision: Revision, approval: Any, remark: Any) -> HttpResponse:
    other = compared(request, revision)
    obstacle = rules.obstacle_to_reading(revision, request.user, revision.version)
    return draw(
        request,
        "content/text.html",
        title=revision.title,
        revision=revision,
        node=revision.node,
        language=language_of(revision.language),
        other=other,
        differences=differences(other, revision) if other else [],
        others=others(revision),
        is_stale=revision.state != State.RETIRED and rules.is_stale(revision),
        in_review=revision.state == State.REVIEW,
        broken=links.broken(revision.body),
        obstacle=obstacle,
        writes=rules.may_write(request.user, revision.language),
        approval=approval,
        remark=remark,
        form=approval if approval.is_bound else remark,
    )


def others(revision: Revision) -> Any:
    """Return the texts that this one may be compared with, the newest first."""
    same = Revision.objects.filter(node=revision.node, language=revision.language)
    return same.exclude(pk=revision.pk).defer("html", "search_text")[:50]


def compared(request: HttpRequest, revision: Revision) -> Revision | None:
    """Return the text to compare with: the chosen one, else the approved one before it."""
    found = Revision.objects.filter(node=revision.node, language=revision.language).exclude(pk=revision.pk)
    if chosen := number(request.GET.get("with")):
        return found.filter(pk=chosen).first()
    return found.filter(state__in=[State.APPROVED, State.RETIRED], pk__lt=revision.pk).first()


def differences(before: Revision, after: Revision) -> list[tuple[Any, Any]]:
    """Return (what, how it differs) for the title, the summary and the text; nothing where they are alike."""
    parts = [(_("Title"), "title"), (_("Summary"), "summary"), (_("Text"), "body")]
    return [
        (label, difference.words(getattr(before, name), getattr(after, name)))
        for label, name in parts
        if getattr(before, name) != getattr(after, name)
    ]


def carry_out(request: HttpRequest, revision: Revision, act: Callable[[], Any], done: Any) -> HttpResponse:
    """Do it, say so or say why not, and go back to the text."""
    try:
        made = act()
    except RefusedError as refused:
        messages.error(request, refused.reason)
        made = None
    else:
        messages.success(request, done)
    return redirect("admin:content:text", made.pk if isinstance(made, Revision) else revision.pk)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    revision, form = text_for(request.user, pk), ApprovalForm(request.POST)
    if not form.is_valid():
        return show(request, revision, form, RemarkForm())
    version = number(request.POST.get("version"))
    act = lambda: actions.approve(revision, by=request.user, version=version, **form.cleaned_data)  # noqa: E731
    return carry_out(request, revision, act, _("Approved."))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    revision, form = text_for(request.user, pk), RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, revision, ApprovalForm(), form)
    version, remark = number(request.POST.get("version")), form.cleaned_data["remark"]
    act = lambda: actions.send_back(revision, by=request.user, version=version, remark=remark)  # noqa: E731
    return carry_out(request, revision, act, _("Sent back to whoever wrote it."))


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    revision, version = text_for(request.user, pk), number(request.POST.get("version"))
    act = lambda: actions.hand_in(revision, by=request.user, version=version)  # noqa: E731
    return carry_out(request, revision, act, _("Handed in: the text waits for a second person."))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    revision, version = text_for(request.user, pk), number(request.POST.get("version"))
    act = lambda: actions.discard(revision, by=request.user, version=version)  # noqa: E731
    return carry_out(
        request, revision, act, _("The draft is given up. It stays among the texts of the page.")
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    revision = text_for(request.user, pk)
    act = lambda: actions.restore(revision, by=request.user)  # noqa: E731
    return carry_out(request, revision, act, _("This draft has the words of the earlier text."))
