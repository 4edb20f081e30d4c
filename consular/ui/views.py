"""The page that Django's CSRF check shows, and the gallery of components for developers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consular.ui import gallery as exhibits


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: says what to do; nothing that was typed is lost."""
    return render(request, "csrf.html", status=403)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and field, empty and with errors. Routed in development and tests only."""
    return render(request, "ui/gallery.html", exhibits.context(request))
