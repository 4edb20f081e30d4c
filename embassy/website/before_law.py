"""What pages about the law say before there is any: nothing is promised, and who can be asked instead."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from embassy.website.content import Content

View = Callable[..., HttpResponse]


def needs_law(title: Any) -> Callable[[View], View]:
    """Make a view of `(request, content, …)` say under `title` that the rules are to come, while there are none."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, content: Content, **kwargs: Any) -> HttpResponse:
            if content.book.rules:
                return view(request, content, **kwargs)
            return render(request, "website/before_law.html", {"title": title, "contact": content.contact})

        return page

    return decorate
