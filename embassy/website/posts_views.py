"""The pages of embassies and posts: the list, a post, its calendar, and who serves whom."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from consular.missions import rules
from consular.missions.models import Mission
from embassy.website import calendars
from embassy.website.content import Content, View, public_page
from embassy.website.finder import FinderForm, address, from_address, question
from embassy.website.posts import Post, turns


def turning(view: View) -> View:
    """Let a page's validator change when a post that it shows opens, closes or begins a day."""
    view.turns = shown_posts_turn  # type: ignore[attr-defined]
    return view


def shown_posts_turn(content: Content, code: str = "", **parts: str) -> Any:
    """Return what changes with the clock on the page of the post with `code`, or on a page of any of them."""
    return turns([each for each in content.missions if code in {"", each.code}], content.at)


@public_page
@turning
def post_list(request: HttpRequest, content: Content) -> HttpResponse:
    """List the posts, those for most people first."""
    ordered = sorted(
        content.missions, key=lambda each: (not each.serves_everyone_else, not each.jurisdiction)
    )
    return render(request, "website/post_list.html", {"posts": [Post(each, content.at) for each in ordered]})


@public_page
@turning
def post_detail(request: HttpRequest, content: Content, code: str) -> HttpResponse:
    mission = found(content, code)
    context = {"post": Post(mission, content.at), "mission": mission}
    return render(request, "website/post_detail.html", context)


@public_page
@turning
def post_calendar(request: HttpRequest, content: Content, code: str) -> HttpResponse:
    """Give the days off as a calendar that programs subscribe to (RFC 5545)."""
    calendar = calendars.days_off(Post(found(content, code), content.at), language=get_language() or "en")
    named = {"Content-Disposition": f'inline; filename="{code}.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=named)


@public_page
def post_find(request: HttpRequest, content: Content) -> HttpResponse:
    """Ask who the reader is; the answers lead to the address of the answer, unless they are to be changed."""
    form = FinderForm(request.GET or None)
    if form.is_valid() and "change" not in request.GET:
        return redirect(address(**form.cleaned_data))
    if "change" in request.GET:
        form = FinderForm(initial=request.GET.dict())
    return render(request, "website/post_find.html", {"form": form})


@public_page
@turning
def post_answer(request: HttpRequest, content: Content, **parts: str) -> HttpResponse:
    """Answer the question in the address; ask again, saying what is wrong, when there is no such question."""
    form = FinderForm(from_address(**parts))
    if not form.is_valid():
        return render(request, "website/post_find.html", {"form": form}, status=404)
    asked: dict[str, str] = form.cleaned_data
    if address(**asked) != request.path:
        return redirect(address(**asked))
    served = rules.who_serves(**asked, missions=content.missions, home=settings.IDENTITY.alpha3)
    return render(request, "website/post_answer.html", answer_context(content, served, **asked))


def answer_context(content: Content, served: rules.Served, **asked: str) -> dict[str, Any]:
    return {
        **asked,
        "served": served,
        "post": Post(served.mission, content.at) if served.mission else None,
        "others": [Post(each, content.at) for each in served.others],
        "contact": content.contact,
        "home": settings.IDENTITY.alpha3,
        "change": question(**asked),
    }


def found(content: Content, code: str) -> Mission:
    """Return the mission with a code; 404 when there is none."""
    for mission in content.missions:
        if mission.code == code:
            return mission
    raise Http404(code)
