"""The pages for requests that are turned away, and the gallery of components for developers."""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from consular.ui import gallery as exhibits

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PIECE, MOST_PIECES = 64 * 1024, 1600  # bytes; a hundred megabytes in all


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: says what to do; nothing that was typed is lost."""
    return render(request, "csrf.html", status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: says what to do about a request that is too large, or that we cannot read."""
    read_to_the_end(request)
    page = render_to_string(
        "400.html",
        {"too_much": isinstance(exception, TOO_MUCH), "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES},
        None if isinstance(exception, DisallowedHost) else request,  # the layout's links name the host
    )
    return HttpResponse(page, status=400)


def read_to_the_end(request: HttpRequest) -> None:
    """Read what is still coming and forget it.

    A server that does not resets the connection, and the person reads about a network error.
    """
    with suppress(OSError):
        for _ in range(MOST_PIECES):
            if not request.read(PIECE):
                return


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and field, empty and with errors. Routed in development and tests only."""
    return render(request, "ui/gallery.html", exhibits.context(request))
