"""Pages travel packed, and requests that no browser makes are refused before they reach the database."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

NUL = "\x00"
PACKED = ("text/", "application/json", "application/problem+json", "application/atom+xml", "application/xml")


class PackPagesMiddleware(GZipMiddleware):
    """Packs text with gzip: a third of the bytes. Pictures and PDFs are packed as they are.

    Guessing a secret by the length of packed pages (BREACH) needs many requests with the reader's session from
    another site, which the session's SameSite=Lax denies; besides, Django adds a random length, and tokens
    against forged requests are masked anew on each page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)


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
