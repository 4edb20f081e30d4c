"""The case page."""

from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consular.audit.trail import record
from consular.desk.forms import NoteForm
from consular.desk.page import CasePage
from consular.desk.views.fetching import case_for


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything about a case on one page, in the mission's own time; each look is noted."""
    case = case_for(request.user, reference)
    record("case.seen", case, by=request.user, reference=case.reference)
    with timezone.override(case.mission.zone):
        return render(request, "desk/case.html", _context(request, CasePage(case, request.user)))


def _context(request: HttpRequest, page: CasePage) -> dict[str, Any]:
    return {
        **site.each_context(request),
        "title": page.title,
        "page": page,
        "case": page.case,
        "note_form": NoteForm(),
    }
