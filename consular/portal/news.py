"""Answers to a page that asks by script whether a part of it has news (assets/js/poll.mjs)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import set_response_etag
from django.utils.http import parse_etags


def news(request: HttpRequest, template: str, context: dict[str, Any], *, final: bool) -> HttpResponse:
    """Return the part with an ETag (the middleware makes a 304 of it); 204 ends the asking.

    `final` says that nothing can change any more; what the page shows already need not be asked for again.
    """
    response = render(request, template, context)
    set_response_etag(response)
    shown = parse_etags(request.headers.get("If-None-Match", ""))
    return HttpResponse(status=204) if final and response["ETag"] in shown else response
