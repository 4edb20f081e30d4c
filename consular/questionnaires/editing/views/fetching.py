"""What every page of the editor begins with, and how it ends where something stands in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from consular.lib.refusal import RefusedError
from consular.questionnaires.editing import pieces, rules
from consular.questionnaires.editing.findings import Finding, findings
from consular.questionnaires.editing.pieces import Content, Place
from consular.questionnaires.models import Revision

Response = HttpResponse


def draw(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> Response:
    path = f"desk/questionnaires/{template}.html"
    return render(request, path, {**site.each_context(request), **context}, status=status)


def revision_for(user: Any, pk: int) -> Revision:
    """Return a revision; 404 to who may not look at questionnaires."""
    if not rules.may_look(user):
        raise Http404
    found = Revision.objects.select_related("questionnaire", "published_by")
    return get_object_or_404(found, pk=pk)


def place_in(content: Content, where: str) -> Place:
    try:
        return pieces.find(content, where)
    except pieces.GoneError as error:
        raise Http404(where) from error


def number(typed: str | None) -> int:
    """Return a hidden number; 0 for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004


def found_in(revision: Revision) -> list[Finding]:
    published = rules.published_of(revision.questionnaire)
    return findings(revision.questionnaire.code, revision.content, published.content if published else None)


@dataclass(frozen=True)
class Line:
    """One line of the outline."""

    place: Place
    depth: int

    @property
    def words(self) -> str:
        piece = self.place.piece
        return pieces.in_short(piece.get("label") or piece.get("title") or piece.get("message") or {})


def attempt(request: HttpRequest, pk: int, verb: Callable[[], Any]) -> bool:
    """Do it; tell what stands in the way."""
    try:
        verb()
    except RefusedError as refused:
        messages.error(request, refused.obstacle.label)
        return False
    return True
