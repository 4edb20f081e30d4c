"""The search of the public site."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from consular.lib.text import latin_digits
from embassy.search.actions import note
from embassy.search.finding import LAST_PAGE, Results, find
from embassy.search.forms import SearchForm
from embassy.search.synonyms import current_synonyms

NOTES_AN_HOUR = 60  # by one network; more are answered, not noted


@csrf_exempt
@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Ask, or show what was found. Nobody else may keep the page: it says what its reader looked for."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= answer(request, **form.cleaned_data)
    response = render(request, "search/search.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def answer(request: HttpRequest, q: str, kind: str) -> dict[str, Any]:
    language, page = get_language() or "en", page_number(request.GET.get("page", ""))
    results = find(q, language, current_synonyms(), kind=kind, page=page)
    if page == 1 and not kind and allow("search", client_address(request), tries=NOTES_AN_HOUR, seconds=3600):
        best = results.texts[0].address if results.texts else ""
        note(q, language, found=bool(results.texts) and not results.some_words, best=best)
    query = urlencode({"q": q, **({"kind": kind} if kind else {})})
    return {"results": results, "asked": q, "query": query, "again": again(results)}


def again(results: Results) -> str:
    """Return the query of the suggested search."""
    return urlencode({"q": results.suggestion})


def page_number(typed: str) -> int:
    """Read the number of a page, from 1 to the last one shown; anything else is the first."""
    number = latin_digits(typed)
    return (
        min(max(int(number), 1), LAST_PAGE)
        if number.isdecimal() and len(number) <= len(str(LAST_PAGE))
        else 1
    )
