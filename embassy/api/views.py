"""/api/v1/: what the public site knows, for programs."""

from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from embassy.api import check as checking, tables
from embassy.api.answering import CSV, answers, as_json
from embassy.api.law import Row
from embassy.api.openapi import document
from embassy.api.problems import Problem
from embassy.api.resources import RESOURCES, Resource
from embassy.website.content import Content

ROOT = "/api/v1/"
MOST, USUAL = 500, 100  # rows a page


@answers()
def index(request: HttpRequest, content: Content) -> HttpResponse:
    """List what there is."""
    lists = [
        {
            "name": each.name,
            "title": str(each.title),
            "json": address(each.name),
            "csv": address(f"{each.name}.csv"),
        }
        for each in RESOURCES.values()
    ]
    return as_json({
        "name": str(settings.EMBASSY_NAME),
        "demonstration": settings.DEMONSTRATION,
        "licence": settings.DATA_LICENCE,
        "description": address("openapi.json"),
        "check": address("check"),
        "lists": lists,
    })  # fmt: skip


def address(name: str) -> str:
    return f"{settings.SITE_URL}{ROOT}{name}"


@answers()
def openapi(request: HttpRequest, content: Content) -> HttpResponse:
    return as_json(document())


def listing(resource: Resource) -> Any:
    """Return the view of a list as JSON, page by page."""

    @answers("page", "size", *resource.filters)
    def view(request: HttpRequest, content: Content) -> HttpResponse:
        rows = wanted(request, resource, resource.rows(content))
        page, size = number(request, "page", 1, 10**6), number(request, "size", USUAL, MOST)
        pages = max(1, ceil(len(rows) / size))
        if page > pages:
            raise Problem(404, gettext("The last page is %(page)s.") % {"page": pages})
        meta = {
            "language": get_language(),
            "page": page,
            "pages": pages,
            "total": len(rows),
            "licence": settings.DATA_LICENCE,
        }
        links = {
            "self": paged(request, resource.name, page),
            "next": paged(request, resource.name, page + 1) if page < pages else None,
            "previous": paged(request, resource.name, page - 1) if page > 1 else None,
        }
        return as_json({"data": rows[(page - 1) * size : page * size], "meta": meta, "links": links})

    return view


def table(resource: Resource) -> Any:
    """Return the view of a list as CSV, all of it."""

    @answers(*resource.filters)
    def view(request: HttpRequest, content: Content) -> HttpResponse:
        rows = wanted(request, resource, resource.rows(content))
        response = HttpResponse(tables.written(resource.row, rows), content_type=CSV)
        response.headers["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
        return response

    return view


@answers("nationality", "document", "purpose", "days", "date")
def check(request: HttpRequest, content: Content) -> HttpResponse:
    """Answer whether somebody needs a visa, and why."""
    return as_json({
        "data": checking.answer(request.GET.dict(), content),
        "meta": {"language": get_language(), "licence": settings.DATA_LICENCE},
    })  # fmt: skip


@answers()
def nothing(request: HttpRequest, content: Content, rest: str) -> HttpResponse:
    raise Problem(404, gettext("See %(address)s for what there is.") % {"address": address("")})


def wanted(request: HttpRequest, resource: Resource, rows: list[Row]) -> list[Row]:
    """Return the rows whose fields are what the parameters say."""
    asked = {name: request.GET[name] for name in resource.filters if name in request.GET}
    return [row for row in rows if all(row[name] == value for name, value in asked.items())]


def number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    """Return a parameter that is a number from 1 to `most`."""
    given = request.GET.get(name, str(usual))
    if len(given) <= len(str(most)) and given.isascii() and given.isdigit() and 1 <= int(given) <= most:
        return int(given)
    wrong = gettext("Give a number from 1 to %(most)s.") % {"most": most}
    raise Problem(400, gettext("Some parameters are wrong."), {name: wrong})


def paged(request: HttpRequest, name: str, page: int) -> str:
    query = request.GET.dict() | {"page": str(page)}
    return f"{address(name)}?{urlencode(query)}"
