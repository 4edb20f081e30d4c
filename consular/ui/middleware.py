"""Pages travel packed, and requests that no browser makes are refused before they reach the database."""

import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

NUL = "\x00"
PACKED = ("text/", "application/json", "application/problem+json", "application/atom+xml", "application/xml")
ACCEPTS_BROTLI = re.compile(r"\bbr\b")
KEPT = 256  # packed pages, a few MB


class PackPagesMiddleware(GZipMiddleware):
    """Packs text with gzip: a third of the bytes. Pictures and PDFs are packed as they are.

    A page that everybody gets is packed with brotli, a fifth smaller still (decision 22).
    Guessing a secret by the length of packed pages (BREACH) needs many requests with the reader's session from
    another site, which the session's SameSite=Lax denies; besides, Django adds a random length, and tokens
    against forged requests are masked anew on each page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        if isinstance(response, HttpResponse) and is_everybodys(request, response):
            return with_brotli(response)
        return super().process_response(request, response)


def packing(request: HttpRequest) -> str:
    """Return how a page of everybody's is packed for this reader: `br`, `gzip`, or not."""
    accepted = request.headers.get("Accept-Encoding", "")
    return "br" if ACCEPTS_BROTLI.search(accepted) else "gzip" if re_accepts_gzip.search(accepted) else ""


def is_everybodys(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether many get this very page, and take brotli. Of addresses with a query there is no end."""
    kept_by_all = "public" in response.headers.get("Cache-Control", "") and "ETag" in response.headers
    plain = bool(response.content) and not response.has_header("Content-Encoding")
    return kept_by_all and plain and not request.META.get("QUERY_STRING") and packing(request) == "br"


def with_brotli(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ("Accept-Encoding",))
    response.content = squeezed(response.content)
    response.headers["Content-Encoding"] = "br"
    response.headers["Content-Length"] = str(len(response.content))
    # It is not the plain page byte by byte
    response.headers["ETag"] = "W/" + response.headers["ETag"].removeprefix("W/")
    return response


@lru_cache(KEPT)
def squeezed(page: bytes) -> bytes:
    """Pack at the highest level, which takes 10 to 20 ms: once for a page that stays as it is."""
    packed: bytes = brotli.compress(page)
    return packed


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
