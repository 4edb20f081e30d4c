"""Addresses that programs read: no language in them, no cookie, nobody's account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from embassy.website.content import KEPT_FOR, Content

Writer = Callable[..., bytes]
View = Callable[..., HttpResponse]


def for_machines(kind: str) -> Callable[[Writer], View]:
    """Make a function of `(request, content, …)` that returns bytes a view that anybody may read.

    `kind` is the media type; the text is UTF-8. Who has the newest answer is told so without its being made.
    """

    def decorate(writer: Writer) -> View:
        @csrf_exempt
        @login_not_required
        @require_safe
        @wraps(writer)
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            content = Content.now()
            etag = validator(request, content)
            known = None if settings.DEBUG else get_conditional_response(request, etag=etag)
            response = known or HttpResponse(
                writer(request, content, **kwargs), content_type=f"{kind}; charset=utf-8"
            )
            response.headers["ETag"] = etag
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
            return response

        return view

    return decorate


def validator(request: HttpRequest, content: Content) -> str:
    """Return the ETag of what is made from public content in the active language."""
    return f'{content.etag(request)[:-1]}-{get_language()}"'
