"""The checklist on the bench."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from embassy.start import checklist


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what is still to be filled in, to who answers for it; to everybody else the page does not exist."""
    if not checklist.may_see(request.user):
        raise Http404
    found = checklist.checks()
    context = {
        **admin.site.each_context(request),
        "title": _("Starting the embassy"),
        "open": [check for check in found if not check.is_done],
        "done": [check for check in found if check.is_done],
    }
    return render(request, "start/start.html", context)
