"""Says kindly that a right to act for somebody has ended, where any other stranger reads that there is no such page."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consular.lib.ended import RightEndedError


class EndedRightMiddleware:
    """Answers `RightEndedError` from any view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RightEndedError):
            return None
        context = {"was_posted": request.method == "POST"}
        return render(request, "portal/right_ended.html", context, status=HTTPStatus.NOT_FOUND)
