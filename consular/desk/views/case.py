"""The case page."""

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consular.audit.trail import record
from consular.desk.forms import NoteForm
from consular.desk.page import CasePage
from consular.desk.views.fetching import case_for


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything about a case on one page; each look is noted."""
    case = case_for(request.user, reference)
    record("case.seen", case, by=request.user, reference=case.reference)
    page = CasePage(case, request.user)
    context = {
        **site.each_context(request),
        "page": page,
        "case": case,
        "note_form": NoteForm(),
        "title": page.title,
    }
    return render(request, "desk/case.html", context)
