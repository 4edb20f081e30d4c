"""The OpenAPI document is valid, and true: every answer is what it says."""

import re
from itertools import product
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from embassy.api import views
from embassy.api.urls import urlpatterns

EMPTY = {"alerts", "processing-times"}  # Tested with rows of their own in test_answers.py
QUESTION = {"nationality": "QTI", "purpose": "tourism", "days": "30", "date": "2027-01-10"}


@pytest.fixture
def document(data_site):
    return data_site.get("/api/v1/openapi.json").json()


def read_only(document):
    """Return the addresses of the API that anybody reads: not the one of airlines, nor those at /v/."""
    return [path for path, found in document["paths"].items() if "get" in found and "servers" not in found]


def complaints(document, schema, instance):
    """Return what is wrong with an answer."""
    with_parts = {**schema, "components": document["components"]}
    validator = Draft202012Validator(with_parts, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(instance)]


def promised(document, path, kind="application/json", status="200"):
    return document["paths"][path]["get"]["responses"][status]["content"][kind]["schema"]


def test_it_is_valid_by_the_specification(document):
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_every_address_is_in_it_and_no_other(document):
    ours = {f"/{each.pattern}" for each in urlpatterns} - {"/<path:rest>"}
    assert {*read_only(document), "/board"} == ours


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_every_answer_is_what_it_says(whole_site, document, language):
    for path in read_only(document):
        if path.endswith(".csv"):
            continue
        query = QUESTION if path == "/check" else {}
        response = whole_site.get(f"/api/v1{path}?{urlencode({**query, 'language': language})}")
        assert response.status_code == 200, path
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Content-Language"] == language
        assert complaints(document, promised(document, path), response.json()) == [], path


def test_a_list_is_not_empty_so_that_its_rows_were_looked_at(whole_site, document):
    for name in re.findall(r"/([a-z-]+)\.csv", " ".join(document["paths"])):
        if name not in EMPTY:
            assert whole_site.get(f"/api/v1/{name}").json()["data"], name


@pytest.mark.parametrize("nationality", ["QTI", "QSD", "QNR", "IRN", "XXA", "QVM"])
def test_every_answer_of_the_checker_is_what_it_says(data_site, nationality):
    document = data_site.get("/api/v1/openapi.json").json()
    purposes = [each["code"] for each in data_site.get("/api/v1/purposes").json()["data"]]
    for kind, purpose in product(("ordinary", "diplomatic", "refugee"), purposes):
        asked = {**QUESTION, "nationality": nationality, "purpose": purpose, "document": kind}
        response = data_site.get("/api/v1/check", asked)
        assert response.status_code == 200, asked
        assert complaints(document, promised(document, "/check"), response.json()) == [], asked


@pytest.mark.parametrize(
    "path", ["/rules?language=xx", "/rules?page=0", "/rules?page=99", "/check", "/no/such", "/fees?x=1"]
)
def test_every_problem_is_what_it_says(data_site, document, path):
    response = data_site.get(f"/api/v1{path}")
    assert response.status_code in {400, 404}
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = promised(document, "/rules", "application/problem+json", "default")
    assert complaints(document, problem, response.json()) == []
    assert response.json()["status"] == response.status_code


def test_the_answers_of_the_log_are_what_it_says(data_site, document):
    """Of an empty log; tests/visas/registry fill it."""
    for path, numbers in (
        ("/log/head", {}),
        ("/log/heads", {"after": 0}),
        ("/log/leaves", {"start": 0, "end": 9}),
    ):
        answer = data_site.get(f"/v{path}", numbers).json()
        assert complaints(document, promised(document, path), answer) == [], path


def test_the_parameters_are_those_that_are_known(document):
    for entry in urlpatterns:
        known = getattr(entry.callback, "parameters", None)
        path = f"/{entry.pattern}"
        if path in read_only(document):
            told = {each["name"] for each in document["paths"][path]["get"]["parameters"]}
            assert told == known, path
    assert views.MOST == 500
