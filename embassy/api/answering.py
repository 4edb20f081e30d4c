"""How every address of the API is answered: language, validator, headers for other sites, problems."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, gettext, override
from django.views.decorators.csrf import csrf_exempt

from embassy.api.problems import Problem
from embassy.website.content import KEPT_FOR, Content
from embassy.website.machines import validator

METHODS = "GET, HEAD, OPTIONS"
JSON, CSV = "application/json", "text/csv; charset=utf-8"
EXPOSED = "ETag, Link, Content-Language"

View = Callable[..., HttpResponse]


def answers(*parameters: str) -> Callable[[View], View]:
    """Make a function of `(request, content, …)` a read-only address that knows these parameters and `language`.

    Anybody may read it, from any site; no cookie and no account is looked at.
    """
    known = {*parameters, "language"}

    def decorate(view: View) -> View:
        @csrf_exempt  # So that a POST is told what is wrong with it; nothing here changes anything
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            with override(asked_language(request)):
                try:
                    response = answered(request, view, known, kwargs)
                except Problem as problem:
                    response = problem.response()
            return shared(response)

        answer.parameters = known  # type: ignore[attr-defined]  # Read by the tests of the document
        return answer

    return decorate


def answered(request: HttpRequest, view: View, known: set[str], kwargs: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return preflight()
    if request.method not in {"GET", "HEAD"}:
        return refusal()
    refuse_unknown(request, known)
    content = Content.now()
    etag = validator(request, content)
    response = get_conditional_response(request, etag=etag) or view(request, content, **kwargs)
    response.headers["ETag"] = etag
    response.headers["Content-Language"] = get_language() or "en"
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response


def asked_language(request: HttpRequest) -> str:
    """Return the language in `language`; without a known one the one that the client prefers."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"


def refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """Refuse parameters that would have no effect: a typing error must not look like an answer."""
    wrong = {name[:40]: gettext("There is no such parameter.") for name in request.GET if name not in known}
    wrong |= {
        name: gettext("The parameter is given twice.") for name in known if len(request.GET.getlist(name)) > 1
    }
    language = request.GET.get("language")
    if language is not None and language not in dict(settings.LANGUAGES):
        offered = ", ".join(code for code, _ in settings.LANGUAGES)
        wrong["language"] = gettext("There is no such language. There are: %(offered)s") % {
            "offered": offered
        }
    if wrong:
        raise Problem(400, gettext("Some parameters are wrong."), wrong)


def preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def refusal() -> HttpResponse:
    response = Problem(405, gettext("Send GET or HEAD.")).response()
    response.headers["Allow"] = METHODS
    return response


def shared(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read it, and say where its licence and its description are."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    links = {"license": settings.DATA_LICENCE, "describedby": f"{settings.SITE_URL}/api/v1/openapi.json"}
    response.headers["Link"] = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items())
    return response


def as_json(value: Any) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type=JSON)
