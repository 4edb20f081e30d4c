"""The OpenAPI 3.1 document, made from the same declarations as the answers."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from embassy.api import board, check, log, schemas as s
from embassy.api.problems import PROBLEM
from embassy.api.resources import RESOURCES, Resource

Node = dict[str, Any]

META = {
    "language": s.text("Language of the texts."),
    "licence": s.address("The terms on which the data may be used."),
}
LIST_META = META | {
    "page": s.whole("This page."),
    "pages": s.whole("How many pages there are."),
    "total": s.whole("How many rows there are."),
}
LINKS = {
    "self": s.address("This page."),
    "next": s.maybe(s.address("The next page.")),
    "previous": s.maybe(s.address("The page before.")),
}
FAULT = s.thing({"parameter": s.text("Name."), "detail": s.text("What is wrong with it.")})


def document() -> Node:
    """Return the document; in English, as its names are."""
    with override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": str(settings.EMBASSY_NAME),
                "version": "1",
                "summary": "Rules, fees, posts, alerts and pages, read-only, without a key.",
                "license": {"name": settings.DATA_LICENCE_NAME, "url": settings.DATA_LICENCE},
            },
            "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
            "paths": paths(),
            "components": {
                "schemas": components(),
                "securitySchemes": {"airline": {"type": "http", "scheme": "bearer"}},
            },
        }


def paths() -> Node:
    found = {
        "/": {"get": operation("index", "What there is", json({"$ref": "#/components/schemas/index"}))},
        "/openapi.json": {"get": operation("openapi", "This document", json({"type": "object"}))},
        "/check": {"get": checking()},
        "/board": {"post": boarding()},
        **log.PATHS,
    }
    for resource in RESOURCES.values():
        found[f"/{resource.name}"] = {"get": listing(resource)}
        found[f"/{resource.name}.csv"] = {"get": table(resource)}
    return found


def checking() -> Node:
    parameters = [
        parameter(name, text, required=name != "document") for name, text in check.PARAMETERS.items()
    ]
    answer = s.thing({"data": {"$ref": "#/components/schemas/answer"}, "meta": s.thing(META)})
    return operation("check", "Whether somebody needs a visa, and why", json(answer), parameters)


def boarding() -> Node:
    """Return the one operation that needs a key and is posted to."""
    found = operation("board", "Whether a traveller may board, for airlines", json(s.thing(board.ANSWER)))
    found["requestBody"] = {"required": True, "content": json(board.ASKED)}
    found["security"] = [{"airline": []}]
    found["responses"] = {
        "200": {"description": "What to do.", "content": found["responses"]["200"]["content"]},
        "default": found["responses"]["default"],
    }
    return found


def listing(resource: Resource) -> Node:
    body = s.thing({
        "data": s.many({"$ref": f"#/components/schemas/{resource.name}"}, str(resource.title)),
        "meta": s.thing(LIST_META),
        "links": s.thing(LINKS),
    })  # fmt: skip
    pages = [
        parameter("page", "Which page.", {"type": "integer", "minimum": 1, "default": 1}),
        parameter("size", "Rows a page.", {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}),
    ]
    return operation(resource.name, str(resource.title), json(body), [*filters(resource), *pages])


def table(resource: Resource) -> Node:
    body = {"text/csv": {"schema": {"type": "string"}}}
    return operation(f"{resource.name}-csv", f"{resource.title}, as a table", body, filters(resource))


def filters(resource: Resource) -> list[Node]:
    return [parameter(name, f"Only rows with this {name}.") for name in resource.filters]


def parameter(name: str, description: str, schema: Node | None = None, *, required: bool = False) -> Node:
    found = {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}
    return {**found, "required": required}


def operation(name: str, summary: str, body: Node, parameters: list[Node] | None = None) -> Node:
    languages = {"type": "string", "enum": [code for code, _ in settings.LANGUAGES], "default": "en"}
    language = parameter("language", "Language of the texts.", languages)
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*(parameters or []), language],
        "responses": {
            "200": {"description": "As asked for.", "content": body, "headers": headers()},
            "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
            "default": {"description": "Something is wrong with the request.", "content": problem},
        },
    }


def headers() -> Node:
    return {"ETag": {"description": "For If-None-Match.", "schema": {"type": "string"}}}


def json(schema: Node) -> Node:
    return {"application/json": {"schema": schema}}


def components() -> Node:
    rows = {resource.name: s.thing(resource.row) for resource in RESOURCES.values()}
    return {**rows, "answer": s.thing(check.ANSWER), "problem": problem(), "index": index()}


def problem() -> Node:
    fields = {
        "type": s.text("A URI reference: RFC 9457."),
        "title": s.text("The kind of problem."),
        "status": s.whole("The HTTP status."),
        "detail": s.text("What to do about it."),
        "errors": s.many(FAULT, "What is wrong with which parameter."),
    }
    return {**s.thing(fields), "required": ["type", "title", "status", "detail"]}


def index() -> Node:
    entry = {
        "name": s.text("Name of the list."),
        "title": s.text("What it holds."),
        "json": s.address("The list."),
        "csv": s.address("The same as a table."),
    }
    return s.thing({
        "name": s.text("Name of this embassy."),
        "demonstration": s.yes_no("Whether the state is fictional."),
        "licence": s.address("The terms on which the data may be used."),
        "description": s.address("The OpenAPI document."),
        "check": s.address("Where to ask whether somebody needs a visa."),
        "lists": s.many(s.thing(entry), "The lists."),
    })  # fmt: skip
