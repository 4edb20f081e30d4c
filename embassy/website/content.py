"""Public pages: what they are made from, and how long a copy of them is good.

`public_page` gives a view the content of the moment and answers a conditional request without drawing the
page. A page for somebody signed in, or with a message on it, is for their eyes only; any other may be kept
by a shared cache for a minute and is asked for again after that.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from consular.missions.models import Mission
from embassy.alerts import book as alerts
from embassy.content.tree import Tree
from embassy.website import shelf, text_mode
from embassy.website.shelf import Shelf
from visas.policy.book import PolicyBook

KEPT_FOR = 60  # seconds
TOO_MANY_REQUESTS = 429  # Such an answer is for its reader and its moment, not for anybody's copy


@dataclass(frozen=True)
class Content:
    """What public pages say: the law, the missions and the pages of an edition, at a moment.

    One query, for the number of the edition, once this process has seen it.
    """

    shelf: Shelf
    at: datetime

    @classmethod
    def now(cls) -> "Content":
        return cls(shelf.current(), timezone.now())

    @property
    def book(self) -> PolicyBook:
        return self.shelf.book

    @property
    def missions(self) -> tuple[Mission, ...]:
        return self.shelf.missions

    @property
    def tree(self) -> Tree:
        return self.shelf.tree

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def contact(self) -> Mission | None:
        """The mission to write to when no other is nearer."""
        everyones = (mission for mission in self.missions if mission.serves_everyone_else)
        return next(everyones, next(iter(self.missions), None))

    def offering(self, service: str) -> list[Mission]:
        """Return the missions that offer a service, by its code."""
        return [mission for mission in self.missions if service in mission.services]

    def etag(self, request: HttpRequest, *turns: Any) -> str:
        """Return the strong validator of the page at the request's address: quoted, as HTTP wants it.

        `turns` is what this page alone depends on besides the edition and the day.
        """
        reader = (text_mode.is_on(request), request.get_full_path())
        moment = (self.today, self.tree.turn(self.at), alerts.live_ids(self.at), *turns)
        made_from = (release(), reader, self.shelf.number, moment)
        return f'"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]}"'


@cache
def release() -> str:
    """Return what changes with every release: the newest template or translation, and the hashed static files."""
    folders = [settings.BASE_DIR / name for name in ("templates", "locale", "embassy")]
    files = (
        path
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.suffix in {".html", ".mo", ".py"}
    )
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{newest}-{getattr(staticfiles_storage, 'manifest_hash', '')}"


View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Make a view of `(request, content, …)` a page that anybody may read, without an account.

    A view may have `turns`, a function of the same arguments: what its page depends on that the clock changes.
    """

    @csrf_exempt  # It changes nothing; who posts to it is told that one cannot, not that a token is missing
    @login_not_required
    @require_safe
    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = Content.now()
        request.content = content  # type: ignore[attr-defined]  # For the navigation, which every page has
        if settings.DEBUG or is_personal(request):
            return _private(view(request, content, **kwargs))
        etag = content.etag(request, getattr(view, "turns", _never)(content, **kwargs))
        response = get_conditional_response(request, etag=etag) or view(request, content, **kwargs)
        return _public(response, etag)

    page.everybodys = True  # type: ignore[attr-defined]  # Read by the layout and the feedback page
    return page


def _never(content: Content, **parts: str) -> None:
    """Say that a page turns with the edition and the day alone."""


def is_personal(request: HttpRequest) -> bool:
    """Tell whether the page shows something of its reader: an account, or a message for them."""
    return request.user.is_authenticated or bool(len(get_messages(request)))


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _public(response: HttpResponse, etag: str) -> HttpResponse:
    if response.status_code == TOO_MANY_REQUESTS:
        patch_cache_control(response, no_store=True)
        return response
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response
