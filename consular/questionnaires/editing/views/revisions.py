"""Questionnaires, their revisions, and the outline of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consular.lib.refusal import RefusedError
from consular.questionnaires.editing import actions, pieces, rules
from consular.questionnaires.editing.status import Kind
from consular.questionnaires.editing.views.fetching import (
    Line,
    Response,
    attempt,
    draw,
    found_in,
    number,
    revision_for,
)
from consular.questionnaires.models import Questionnaire


@require_safe
def overview(request: HttpRequest, pk: int) -> Response:
    """Show a questionnaire: what is published, the draft, every revision and who published it why."""
    if not rules.may_look(request.user):
        raise Http404
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    revisions = questionnaire.revisions.defer("content").select_related("published_by").order_by("-number")
    return draw(
        request,
        "overview",
        title=questionnaire.code,
        questionnaire=questionnaire,
        revisions=[each for each in revisions if each.published_at],
        draft=next((each for each in revisions if not each.published_at), None),
        writes=rules.may_write(request.user),
    )


@require_POST
def begin(request: HttpRequest, pk: int) -> Response:
    """Open a draft from a published revision, the newest or an older one."""
    if not rules.may_look(request.user):
        raise Http404
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    chosen = questionnaire.revisions.filter(
        published_at__isnull=False, number=number(request.POST.get("number"))
    )
    try:
        draft = actions.begin(questionnaire, by=request.user, copy_of=get_object_or_404(chosen))
    except RefusedError as refused:
        messages.error(request, refused.obstacle.label)
        return redirect("admin:questionnaires:overview", pk)
    return redirect("admin:questionnaires:outline", draft.pk)


@require_safe
def outline(request: HttpRequest, pk: int) -> Response:
    """Show sections, pages and questions in order, and what is to be mended."""
    revision = revision_for(request.user, pk)
    hidden = {Kind.WHOLE, Kind.CHOICE, Kind.COLUMN}
    lines = [
        Line(place, len(list(place.above())) - 1)
        for place in pieces.walk(revision.content)
        if place.kind not in hidden
    ]
    return draw(
        request,
        "outline",
        title=_("Draft %(number)s") % {"number": revision.number}
        if revision.published_at is None
        else _("Revision %(number)s") % {"number": revision.number},
        revision=revision,
        questionnaire=revision.questionnaire,
        lines=lines,
        is_outline=True,
        whole=pieces.root(revision.content),
        findings=[] if revision.published_at else found_in(revision),
        writes=rules.obstacle_to_writing(request.user, revision) is None,
    )


@require_POST
def discard(request: HttpRequest, pk: int) -> Response:
    """Give a draft up."""
    revision = revision_for(request.user, pk)
    version = number(request.POST.get("version"))
    if not attempt(request, pk, lambda: actions.discard(revision, by=request.user, version=version)):
        return redirect("admin:questionnaires:overview", revision.questionnaire_id)
    messages.success(request, _("The draft is given up. What is published stays."))
    return redirect("admin:questionnaires:overview", revision.questionnaire_id)
