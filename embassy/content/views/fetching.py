"""What every page about pages begins with: what it is about, for whom, and the admin's context."""

from typing import Any

from django.contrib.admin import site
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language_info

from embassy.content import rules
from embassy.content.models import Node, Revision


def page_for(user: Any, pk: int) -> Node:
    """Return a page; 404 to who may not look at texts."""
    if not rules.may_look(user):
        raise Http404
    return get_object_or_404(Node.objects.select_related("owner"), pk=pk)


def text_for(user: Any, pk: int) -> Revision:
    if not rules.may_look(user):
        raise Http404
    found = Revision.objects.select_related("node", "author", "approver", "translates")
    return get_object_or_404(found, pk=pk)


def language_of(code: str) -> dict[str, Any]:
    """Return Django's description of a language of the site; 404 for any other."""
    try:
        return dict(get_language_info(code))
    except KeyError as error:
        raise Http404(code) from error


def draw(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, {**site.each_context(request), **context}, status=status)
