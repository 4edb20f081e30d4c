"""Requests that no browser makes are refused before they reach the database."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"


class RefuseNulMiddleware:
    """400 for a NUL in the path, the query or a cookie: PostgreSQL cannot look it up.

    A NUL in what was typed into a form is the form's to tell (consular.ui.fields).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if has_nul(request):
            raise BadRequest("NUL in the path, the query or a cookie")


def has_nul(request: HttpRequest) -> bool:
    query = (text for key, values in request.GET.lists() for text in (key, *values))
    return any(NUL in text for text in (request.path, *query, *request.COOKIES.values()))
