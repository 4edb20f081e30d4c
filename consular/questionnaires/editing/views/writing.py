"""One piece of a draft: write, add, move, remove."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from consular.lib.refusal import RefusedError
from consular.questionnaires.editing import actions, pieces, rules
from consular.questionnaires.editing.forms import PieceForm
from consular.questionnaires.editing.pieces import KINDS, Content, Place
from consular.questionnaires.editing.status import ASKS, Kind
from consular.questionnaires.editing.views.fetching import (
    Line,
    Response,
    attempt,
    draw,
    found_in,
    number,
    place_in,
    revision_for,
)
from consular.questionnaires.models import Revision
from consular.questionnaires.status import Type


def under(place: Place) -> list[tuple[str, Any]]:
    """Return what may be added to a piece: the name of the list, and what one calls it."""
    kind, asks = place.kind, place.piece.get("type", "")
    offered = {
        "sections": kind == Kind.WHOLE,
        "checks": kind == Kind.WHOLE,
        "pages": kind == Kind.SECTION,
        "questions": kind in {Kind.PAGE, Kind.GROUP},
        "choices": asks in {Type.CHOICE, Type.CHOICES},
        "columns": asks == Type.ROWS,
        "details": asks == Type.YES_NO and kind == Kind.QUESTION and not place.piece.get("details"),
    }
    return [(name, KINDS[name].label) for name, is_offered in offered.items() if is_offered]


class Piece(View):
    """One piece: read it, write it."""

    revision: Revision

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.revision = revision_for(request.user, kwargs["pk"])
        self.content: Content = self.revision.content
        self.where: str = kwargs["where"]

    def get(self, request: HttpRequest, pk: int, where: str) -> Response:
        place = place_in(self.content, where)
        form = PieceForm(place, self.content)
        form.initial["seen"] = pieces.token(place.piece)
        return self.page(form, place)

    def post(self, request: HttpRequest, pk: int, where: str) -> Response:
        place = place_in(self.content, where)
        form = PieceForm(place, self.content, request.POST)
        if not form.is_valid():
            return self.page(form, place)
        try:
            actions.write(
                self.revision,
                where,
                form.piece(),
                by=request.user,
                seen=form.cleaned_data["seen"],
                still_right=form.cleaned_data.get("still_right", False),
            )
        except RefusedError as refused:
            return self.refused(form, place, refused)
        messages.success(request, _("Saved in the draft."))
        return redirect("admin:questionnaires:outline", pk)

    def refused(self, form: PieceForm, place: Place, refused: RefusedError) -> Response:
        """Show what was typed and what stands there now. Saving again writes over it."""
        self.revision.refresh_from_db()
        try:
            theirs = pieces.find(self.revision.content, self.where)
        except pieces.GoneError:
            return self.page(form, place, status=409, refused=refused.obstacle.label)
        data = {**self.request.POST.dict(), "seen": pieces.token(theirs.piece)}
        again = PieceForm(theirs, self.revision.content, data)
        now = PieceForm(theirs, self.revision.content)
        return self.page(again, theirs, status=409, refused=refused.obstacle.label, theirs=_words_of(now))

    def page(self, form: PieceForm, place: Place, *, status: int = 200, **context: Any) -> Response:
        is_draft = self.revision.published_at is None
        mine = [each for each in found_in(self.revision) if each.where == place.where] if is_draft else []
        return draw(
            self.request,
            "piece",
            status=status,
            title=place.name or place.kind.label,
            revision=self.revision,
            questionnaire=self.revision.questionnaire,
            form=form,
            place=place,
            findings=mine,
            inside=[Line(each, 0) for each in pieces.inside(place)] if place.kind in ASKS else [],
            under=under(place),
            page_id=next((each.name for each in place.above() if each.kind == Kind.PAGE), ""),
            writes=rules.obstacle_to_writing(self.request.user, self.revision) is None,
            may_be_removed=actions.may_be_removed(place),
            **context,
        )


def _words_of(form: PieceForm) -> list[tuple[str, Any]]:
    """Return what stands in a form, label by label."""
    return [(str(bound.label), bound.value()) for bound in form.visible_fields() if bound.value()]


class Add(View):
    """A new piece in another one, or as a group of a page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.revision = revision_for(request.user, kwargs["pk"])
        if rules.obstacle_to_writing(request.user, self.revision):
            raise Http404
        self.name, self.of = kwargs["name"], place_in(self.revision.content, kwargs["where"])
        self.is_group = self.name == "groups" and self.of.kind == Kind.PAGE
        if self.name not in dict(under(self.of)) and not self.is_group:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> PieceForm:
        kind = Kind.GROUP if self.is_group else KINDS[self.name]
        place = Place(kind, self.of.piece, None, "", self.of)
        return PieceForm(place, self.revision.content, data, is_new=True)

    def get(self, request: HttpRequest, **kwargs: Any) -> Response:
        return self.page(self.form())

    def post(self, request: HttpRequest, pk: int, name: str, where: str) -> Response:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        listed = "questions" if self.is_group else name
        try:
            actions.add(self.revision, where, listed, form.piece(), by=request.user)
        except RefusedError as refused:
            form.add_error("id" if "id" in form.fields else None, str(refused.obstacle.label))
            return self.page(form, status=409)
        messages.success(request, _("Added to the draft."))
        if listed in {"choices", "columns", "details"}:
            return redirect("admin:questionnaires:piece", pk, where)
        return redirect("admin:questionnaires:outline", pk)

    def page(self, form: PieceForm, *, status: int = 200) -> Response:
        return draw(
            self.request,
            "piece",
            status=status,
            title=_("New: %(kind)s") % {"kind": form.place.kind.label},
            revision=self.revision,
            questionnaire=self.revision.questionnaire,
            form=form,
            writes=True,
        )


@require_POST
def move(request: HttpRequest, pk: int, where: str) -> Response:
    """Move a piece up or down by one."""
    revision, places = (
        revision_for(request.user, pk),
        {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0),
    )
    version = number(request.POST.get("version"))
    attempt(request, pk, lambda: actions.shift(revision, where, places, by=request.user, version=version))
    return redirect("admin:questionnaires:outline", pk)


def remove(request: HttpRequest, pk: int, where: str) -> Response:
    """Say what depends on a piece, and remove it."""
    revision = revision_for(request.user, pk)
    if rules.obstacle_to_writing(request.user, revision):
        raise Http404
    if request.method == "POST":
        version = number(request.POST.get("version"))
        if attempt(request, pk, lambda: actions.remove(revision, where, by=request.user, version=version)):
            messages.success(request, _("Removed from the draft."))
        return redirect("admin:questionnaires:outline", pk)
    place = place_in(revision.content, where)
    if not actions.may_be_removed(place):
        raise Http404
    dependants = [Line(each, 0) for each in pieces.dependants(revision.content, place)]
    return draw(
        request,
        "remove",
        title=_("Remove"),
        revision=revision,
        questionnaire=revision.questionnaire,
        line=Line(place, 0),
        dependants=dependants,
        inside=len(list(pieces.inside(place))),
    )
