"""Preview a page, read what changes, publish."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consular.questionnaires.differences import differences
from consular.questionnaires.editing import actions, rules
from consular.questionnaires.editing.forms import PublishForm
from consular.questionnaires.editing.views.fetching import (
    Response,
    attempt,
    draw,
    found_in,
    number,
    revision_for,
)
from consular.questionnaires.filling import Filling
from consular.questionnaires.forms import PageForm
from consular.questionnaires.models import Revision
from consular.questionnaires.schema import SchemaError, parse

# Preview


@require_safe
def preview(request: HttpRequest, pk: int, page: str, language: str) -> Response:
    """Show a page as the applicant sees it, with everything that it may ask. Nothing is saved."""
    revision = revision_for(request.user, pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        document = parse(_unconditional(revision.content))
    except SchemaError as error:
        messages.error(request, _("This draft cannot be shown: %(why)s") % {"why": str(error)[:300]})
        return redirect("admin:questionnaires:outline", pk)
    if page not in document.pages:
        raise Http404
    with translation.override(language):
        form = PageForm(document.pages[page], Filling(document, {}))
        drawn = render_to_string("desk/questionnaires/asked.html", {"form": form, "page": form.page})
    listed = list(document.pages)
    place = listed.index(page)
    return draw(
        request,
        "preview",
        title=_("Preview"),
        revision=revision,
        questionnaire=revision.questionnaire,
        drawn=drawn,
        page_id=page,
        shown_in=translation.get_language_info(language),
        translations=settings.LANGUAGES,
        before=listed[place - 1] if place else "",
        after=listed[place + 1] if place + 1 < len(listed) else "",
    )


def _unconditional(piece: Any) -> Any:
    """Return a questionnaire in which everything is asked of everybody."""
    if isinstance(piece, dict):
        return {name: _unconditional(value) for name, value in piece.items() if name != "when"}
    return [_unconditional(each) for each in piece] if isinstance(piece, list) else piece


# Differences and publishing


def changes_of(revision: Revision) -> list[Any]:
    """Return what a revision changes of the published one before it."""
    before = Revision.objects.published().filter(
        questionnaire=revision.questionnaire_id, number__lt=revision.number
    )
    older = before.order_by("number").last()
    if older is None:
        return []
    return differences(older.document, parse(revision.content))


def publish(request: HttpRequest, pk: int) -> Response:
    """Read what a draft changes, and for how many; publish it, as a second person."""
    revision = revision_for(request.user, pk)
    form = PublishForm(request.POST if request.method == "POST" else None)
    version = number(request.POST.get("version")) if request.method == "POST" else None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            request,
            pk,
            lambda: actions.publish(revision, by=request.user, version=version or 0, reason=reason),
        ):
            messages.success(request, _("Published. Unsubmitted applications move to it as they are opened."))
            return redirect("admin:questionnaires:overview", revision.questionnaire_id)
        return redirect("admin:questionnaires:publish", pk)
    try:
        changes = changes_of(revision)
    except SchemaError:
        changes = []
    return draw(
        request,
        "publish",
        title=_("Changes"),
        revision=revision,
        questionnaire=revision.questionnaire,
        changes=changes,
        findings=[] if revision.published_at else found_in(revision),
        obstacle=rules.obstacle_to_publishing(request.user, revision),
        may_publish=rules.may_publish(request.user),
        moving=rules.will_move(revision.questionnaire),
        form=form,
    )
