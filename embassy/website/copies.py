"""Copies of public pages, kept by this process for some seconds: what many ask for at once is drawn once.

This is the shared cache that `public_page` allows, as near to the page as can be: it answers before session,
account and language are looked at. Who brings a session or a message gets no copy; nor does an address with a
query, of which there is no end.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from consular.ui.middleware import packing
from embassy.website import text_mode

KNOWN_DIFFERENCES = {"cookie", "accept-encoding"}  # A page that varies by anything else has no copy


@dataclass(frozen=True)
class Copy:
    """A page as it was sent at `made_at` (seconds since 1970)."""

    content: bytes
    headers: dict[str, str]
    made_at: float

    def answer(self, request: HttpRequest) -> HttpResponseBase | None:
        """Return the page, or 304 to who has it. `Age` keeps browsers from keeping it for longer than they may."""
        age = {"Age": str(int(time.time() - self.made_at))}
        response = HttpResponse(self.content, headers={**self.headers, **age})
        return get_conditional_response(request, etag=self.headers["ETag"], response=response)


class CopiesMiddleware:
    """Stands before whatever takes time. PUBLIC_COPIES_KEPT_FOR is in seconds; 0 keeps none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_have_copy(request):
            return self.get_response(request)
        key = key_of(request)
        copy: Copy | None = caches["local"].get(key)
        return (copy and copy.answer(request)) or self.drawn(request, key)

    def drawn(self, request: HttpRequest, key: str) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and may_be_copied(response):
            copy = Copy(response.content, dict(response.headers), time.time())
            caches["local"].set(key, copy, settings.PUBLIC_COPIES_KEPT_FOR)
        return response


def may_have_copy(request: HttpRequest) -> bool:
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return bool(
        settings.PUBLIC_COPIES_KEPT_FOR
        and request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and personal.isdisjoint(request.COOKIES)
    )


def key_of(request: HttpRequest) -> str:
    """Return what a page without a session depends on, besides what it tells."""
    depends_on = (
        request.scheme,
        request.get_host(),
        request.path,
        packing(request),
        text_mode.is_on(request),
    )
    return hashlib.sha256(repr(depends_on).encode()).hexdigest()


def may_be_copied(response: HttpResponse) -> bool:
    """Tell whether `public_page` made it for everybody."""
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name}
    return bool(
        response.status_code == 200  # noqa: PLR2004 - a whole page
        and "ETag" in response.headers
        and "public" in response.headers.get("Cache-Control", "")
        and not response.cookies
        and varies <= KNOWN_DIFFERENCES
    )
