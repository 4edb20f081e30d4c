"""What the applicant gave us, for themselves: declarations, every version of the answers, copies and their check."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from consular.lib.limits import allow
from visas.applications.copies import Version, found_in, versions
from visas.applications.copies_forms import CheckCopyForm
from visas.applications.copies_pdf import copy_pdf
from visas.applications.models import Scope, VisaApplication
from visas.applications.views import form_page, get_own, language

DRAWN_FOR_ONE, TEN_MINUTES = 20, 600


@form_page
@never_cache
def given(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Show what was declared and every version of the answers; check a file that is said to be a copy."""
    known = versions(get_submitted(request, application_id))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form, matching = CheckCopyForm(*posted), None
    if form.is_valid():
        matching = found_in(known, form.content())
        if matching is None:
            form.refuse()
    application = known[-1].application
    context = {"application": application, "case": application.submitted_case, "versions": known[::-1]}
    return render(request, "visas/applications/given.html", {**context, "form": form, "matching": matching})


@require_GET
@never_cache
def as_json(request: HttpRequest, application_id: uuid.UUID, number: int) -> HttpResponse:
    """Give a version as the very bytes of which the digest is."""
    version = get_version(request, application_id, number)
    return HttpResponse(version.content, content_type="application/json", headers=named(version, "json"))


@require_GET
@never_cache
def as_pdf(request: HttpRequest, application_id: uuid.UUID, number: int) -> HttpResponse:
    """Give a version as a PDF in the language of the page, so often as a person needs it."""
    version = get_version(request, application_id, number)
    if not allow("copy-pdf", str(request.user.pk), tries=DRAWN_FOR_ONE, seconds=TEN_MINUTES):
        return render(request, "429.html", status=429)
    pdf = copy_pdf(version, language=language())
    return HttpResponse(pdf, content_type="application/pdf", headers=named(version, "pdf"))


def named(version: Version, kind: str) -> dict[str, Any]:
    name = f"answers-{version.application.submitted_case.reference}-{version.number}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def get_submitted(request: HttpRequest, application_id: uuid.UUID, *scopes: Scope) -> VisaApplication:
    """Return an application that is open to the reader and was submitted, or 404."""
    application = get_own(request, application_id, *scopes)
    if not application.is_submitted:
        raise Http404
    return application


def get_version(request: HttpRequest, application_id: uuid.UUID, number: int) -> Version:
    known = versions(get_submitted(request, application_id))
    found = next((version for version in known if version.number == number), None)
    if found is None:
        raise Http404
    return found
