"""The status lists and the log, for machines: JSON, public, bounded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from visas.registry import heads, status_lists
from visas.registry.models import Head, Leaf, StatusList
from visas.seals.shared import shared
from visas.seals.signing import NoKeyError

KEPT_FOR = 30  # seconds: what is revoked has reached everybody after a minute
MEDIA_TYPE = "application/statuslist+jwt"
MOST_LEAVES, MOST_HEADS = 1000, 100  # an answer
DIGITS = 15
REQUESTS, SECONDS = 30, 15  # an address: few places to look through, and a whole log in a minute or two


class WrongNumberError(ValueError):
    """A parameter is missing, or no number within its range."""


@require_safe
@login_not_required
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Serve a list with its signature."""
    found = get_object_or_404(StatusList, pk=number) if number < 1 << 15 else None
    if found is None:
        raise Http404
    try:
        made = status_lists.token(found)
    except NoKeyError:
        return HttpResponse(status=503)
    return shared(request, HttpResponse(made, content_type=MEDIA_TYPE), seconds=KEPT_FOR)


def public(view: Callable[[HttpRequest], Any]) -> Any:
    """Make a function that returns JSON an address of the log: read-only, limited, with words for what is wrong."""

    @require_safe
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not allow("log", client_address(request), tries=REQUESTS, seconds=SECONDS):
            return JsonResponse({"error": "Too many requests. Wait a quarter of a minute."}, status=429)
        try:
            return shared(request, JsonResponse(view(request)), seconds=KEPT_FOR)
        except WrongNumberError as error:
            return JsonResponse({"error": str(error)}, status=400)

    return answer


@public
def head(request: HttpRequest) -> dict[str, Any]:
    """Return the newest signed head; null before the first."""
    return {"head": heads.tree_head()}


@public
def heads_after(request: HttpRequest) -> dict[str, Any]:
    """Return the signed heads of trees larger than `after`, the smallest first."""
    found = Head.objects.filter(size__gt=number(request, "after", 0)).order_by("size")[:MOST_HEADS]
    return {"heads": [heads.shown(each) for each in found]}


@public
def leaves(request: HttpRequest) -> dict[str, Any]:
    """Return the leaves from `start` to before `end`, or as many of them as fit into an answer."""
    start = number(request, "start", 0)
    end = min(number(request, "end", start), start + MOST_LEAVES)
    found = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return {"start": start, "leaves": [heads.leaf(each) for each in found]}


@public
def inclusion(request: HttpRequest) -> dict[str, Any]:
    """Return the path from a leaf to the root of the tree of this size."""
    size = number(request, "size", 1, heads.size())
    index = number(request, "index", 0, size - 1)
    return {"index": index, "size": size, "path": heads.inclusion(index, size)}


@public
def consistency(request: HttpRequest) -> dict[str, Any]:
    """Return the proof that an old tree is the beginning of a newer one."""
    new = number(request, "new", 0, heads.size())
    old = number(request, "old", 0, new)
    return {"old": old, "new": new, "path": heads.consistency(old, new)}


def number(request: HttpRequest, name: str, least: int, most: int = 10**DIGITS - 1) -> int:
    """Return a parameter that is a whole number in a range."""
    given = request.GET.get(name, "")
    if given.isascii() and given.isdigit() and len(given) <= DIGITS and least <= int(given) <= most:
        return int(given)
    raise WrongNumberError(f"{name}: give a whole number from {least} to {most}.")
