"""Errors as RFC 9457 problem details, in the language that was asked for."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

PROBLEM = "application/problem+json"


class Problem(Exception):  # noqa: N818 - named as RFC 9457 names it
    """A request that cannot be answered: `wrong` says what is wrong with which parameter."""

    def __init__(self, status: int, detail: str, wrong: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.wrong = status, detail, wrong or {}

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "type": "about:blank",
            "title": title(self.status),
            "status": self.status,
            "detail": self.detail,
        }
        if self.wrong:
            found["errors"] = [{"parameter": name, "detail": text} for name, text in self.wrong.items()]
        return found

    def response(self) -> HttpResponse:
        body = json.dumps(self.body(), ensure_ascii=False)
        found = HttpResponse(body, content_type=PROBLEM, status=self.status)
        found.headers["Content-Language"] = get_language() or "en"
        return found


def title(status: int) -> str:
    return {
        400: gettext("The request cannot be understood"),
        401: gettext("A key is missing or wrong"),
        404: gettext("There is nothing at this address"),
        405: gettext("This address can only be read"),
        429: gettext("Too many requests"),
    }[status]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: programs get a problem, people a page."""
    from consular.ui.views import bad_request as page

    if request.path.startswith("/api/"):
        text = gettext("The address contains a character that cannot be read.")
        return Problem(400, text).response()
    return page(request, exception)
