"""Nothing typed is lost when the session has ended: the POST is kept, and done again after signing in.

A view marked `@keeps_typing` gets what a signed-out person posts to it once they have signed in: the
POST waits in their (anonymous, server-side) session, sign-in leads back to the same address, and there
the waiting POST takes the place of the GET. It passed the check against cross-site requests when it
was made; whose page it is, the view asks as always. Files are not kept.

A few pages may wait at once: each tab was on one of its own. What a script sent when a page was left (`?draft`) never
takes the place of what its reader sent by pressing a button.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from consular.ui.views import csrf_failure

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
KEY = "typed_while_signed_out"
MOST_CHARACTERS = 100_000  # As the request writes them: a Persian letter counts as six
MOST_PAGES = 3
DRAFT = "draft"  # ?draft: sent by a script when the page was left; nobody waits for where it leads
KEPT_FOR = timedelta(hours=1)
KEPT_AN_HOUR = 60  # For one address: nobody fills the database with sessions


def keeps_typing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose POST is worth keeping."""
    view.keeps_typing = True  # type: ignore[attr-defined]
    return view


class ReplayMiddleware:
    """Stands after authentication and before whatever demands it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *arguments: Any) -> None:
        if not getattr(view, "keeps_typing", False):
            return
        if request.user.is_authenticated:
            put_back(request)
        elif request.method == "POST":
            keep(request)


def keep(request: HttpRequest) -> None:
    """Let a POST wait in the session, unless it is larger than any page of ours, or one of very many."""
    posted = request.POST.copy()
    posted.pop(TOKEN, None)
    typed, is_draft = posted.urlencode(), DRAFT in request.GET
    others = dict(request.session.get(KEY, {}))
    before = others.pop(request.path, None)
    if len(typed) > MOST_CHARACTERS or (is_draft and before and not before["is_draft"]):
        return
    if allow(KEY, client_address(request), tries=KEPT_AN_HOUR, seconds=3600):
        newest = dict(list(others.items())[1 - MOST_PAGES :])
        kept = {"typed": typed, "at": timezone.now().isoformat(), "is_draft": is_draft}
        request.session[KEY] = {**newest, request.path: kept}


def put_back(request: HttpRequest) -> None:
    """Turn the GET that follows sign-in into the POST that waits for it. A POST is done again once, within the hour."""
    waiting = request.session.get(KEY, {})
    if request.method != "GET" or request.path not in waiting:
        return
    kept = waiting.pop(request.path)
    request.session[KEY] = waiting
    if timezone.now() - datetime.fromisoformat(kept["at"]) <= KEPT_FOR:
        request.method = "POST"
        request.POST = QueryDict(kept["typed"])


@login_not_required
def send_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Let a person send again what came with a stale token: they signed in anew in another tab (CSRF_FAILURE_VIEW).

    Only where the token alone was wrong: what another site sends is turned away as everywhere.
    """
    view = getattr(request.resolver_match, "func", None)
    came_from_us = not reason.startswith(("Origin", "Referer"))
    if not (getattr(view, "keeps_typing", False) and came_from_us):
        return csrf_failure(request, reason)
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    return render(request, "questionnaires/send_again.html", {"typed": typed}, status=HTTPStatus.FORBIDDEN)
