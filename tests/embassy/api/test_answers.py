"""The API: what it answers, to whom, and what it refuses."""

import csv
import io
import json

import pytest

from embassy.api.resources import RESOURCES
from embassy.api.tables import cell
from embassy.demo import alerts, people
from embassy.times.models import Figure, Measurement
from visas.policy.models import Category

CHECK = {
    "nationality": "QTI",
    "document": "ordinary",
    "purpose": "tourism",
    "days": "30",
    "date": "2027-01-10",
}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_list_is_there_for_everybody_in_both_forms(data_site, name):
    listed = data_site.get(f"/api/v1/{name}")
    table = data_site.get(f"/api/v1/{name}.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0] == list(RESOURCES[name].row)
    assert len(rows) - 1 == listed.json()["meta"]["total"]


def test_a_rule_has_its_dates_and_its_source(data_site):
    rule = data_site.get("/api/v1/rules?group=B&outcome=authorisation").json()["data"][0]
    assert (rule["valid_from"], rule["valid_to"]) == ("2024-01-01", "2027-02-28")
    sources = data_site.get("/api/v1/sources").json()["data"]
    assert rule["source"] in {each["code"] for each in sources}


def test_a_post_has_its_hours_and_its_holidays(data_site):
    posts = {each["code"]: each for each in data_site.get("/api/v1/posts").json()["data"]}
    port_sabel = posts["port-sabel"]
    assert {"weekday", "opens", "closes"} <= set(port_sabel["hours"][0])
    assert all(each["to"] >= "2026-11-24" for each in port_sabel["closed"])


def test_processing_times_are_those_that_were_measured_last(data_site):
    measured = Measurement.objects.create(decided_from="2026-05-25", decided_until="2026-11-23")
    figure = {"cases": 12, "half_within": 6, "most_within": 9}
    Figure.objects.create(measurement=measured, category="TV", **figure)
    row = {
        "category": "TV",
        "post": None,
        "decided_from": "2026-05-25",
        "decided_until": "2026-11-23",
        **figure,
    }
    assert data_site.get("/api/v1/processing-times?category=TV").json()["data"] == [row]


def test_an_alert_is_there_when_the_public_may_read_it(data_site):
    people.load(with_secrets=False)
    alerts.load()
    rows = data_site.get("/api/v1/alerts?language=fa").json()["data"]
    assert any(row["live"] for row in rows)
    assert {"title", "location", "event", "actions", "assistance"} <= set(rows[0])
    assert all(row["starts_at"] <= "2026-11-24T09:00:01" for row in rows)


def test_the_check_says_what_the_page_says(data_site):
    data = data_site.get("/api/v1/check", CHECK).json()["data"]
    assert (data["outcome"], data["group"], data["category"]["code"]) == ("authorisation", "B", "EA")
    assert data["changes_on"] == "2027-03-01"
    page = data["page"].partition("//")[2].partition("/")[2]
    assert data_site.get(f"/{page}").status_code == 200


def test_the_check_speaks_the_language_that_was_asked_for(data_site):
    persian = data_site.get("/api/v1/check", {**CHECK, "language": "fa"}).json()
    assert persian["meta"]["language"] == "fa"
    assert "/fa/visas/check/" in persian["data"]["page"]
    assert persian["data"]["reason"] != data_site.get("/api/v1/check", CHECK).json()["data"]["reason"]


def test_without_a_language_the_client_s_own_is_spoken(data_site):
    response = data_site.get("/api/v1/categories", headers={"Accept-Language": "fa"})
    assert response.headers["Content-Language"] == "fa"
    assert "Accept-Language" in response.headers["Vary"]


def test_problems_are_told_in_the_language_that_was_asked_for(data_site):
    response = data_site.get("/api/v1/check", {**CHECK, "days": "0", "language": "fa"})
    wrong = response.json()["errors"]
    assert [each["parameter"] for each in wrong] == ["days"]
    assert response.headers["Content-Language"] == "fa"
    assert not wrong[0]["detail"].isascii()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nationality", "ZZZ"), ("nationality", ""), ("nationality", "x" * 10_000), ("nationality", "'; DROP TABLE"),
        ("purpose", "conquest"), ("document", "library-card"), ("days", "-1"), ("days", "1e9"), ("days", "99999"),
        ("date", "2027-02-30"), ("date", "tomorrow"), ("date", "0001-01-01"), ("date", "9999-12-31"),
        ("date", "2027-01-10T00:00"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_told_what_is_wrong(data_site, name, value):
    response = data_site.get("/api/v1/check", {**CHECK, name: value})
    assert response.status_code == 400
    assert name in {each["parameter"] for each in response.json()["errors"]}


def test_persian_digits_and_small_letters_are_understood(data_site):
    response = data_site.get("/api/v1/check", {**CHECK, "days": "۳۰", "nationality": "qti"})
    assert response.json()["data"]["question"]["days"] == 30


def test_a_long_list_has_pages_that_lead_to_each_other(data_site):
    first = data_site.get("/api/v1/rules?size=10&language=fr").json()
    assert first["links"]["previous"] is None
    seen, page = list(first["data"]), first
    while page["links"]["next"]:
        page = data_site.get(
            page["links"]["next"].partition("/api")[1] + page["links"]["next"].partition("/api")[2]
        ).json()
        seen += page["data"]
    assert len(seen) == first["meta"]["total"] > 10
    assert page["meta"]["language"] == "fr"


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=1.5", "page=x", "page=", "page=" + "9" * 400, "size=0", "size=501", "size=٣",
     "language=xx", "language=", "language=EN", "q=1", "page=1&page=2", "language=en&language=fa",
     "nonsense%5B%5D=1", "%3Cscript%3E=1"],
)  # fmt: skip
def test_absurd_parameters_are_refused_one_by_one(data_site, query):
    response = data_site.get(f"/api/v1/rules?{query}")
    assert response.status_code in {400, 404}
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_nul_gets_a_problem_and_no_page(db, client):
    response = client.get("/api/v1/rules?group=%00")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "path", ["rules.xml", "rules.CSV", "rules/", "nothing", "..%2f..%2fetc", "openapi.yaml", "x" * 3000]
)
def test_an_unknown_form_or_list_is_not_there(data_site, path):
    response = data_site.get(f"/api/v1/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["", "rules", "rules.csv", "check", "openapi.json"])
def test_it_can_only_be_read(db, client, method, path):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(f"/api/v1/{path}", data="x", content_type="text/plain")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"


def test_other_sites_may_read_it_without_cookies(data_site):
    response = data_site.get("/api/v1/fees", headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies
    asked = data_site.options("/api/v1/fees", headers={"Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_who_is_signed_in_gets_the_same(data_site, signed_in, applicant):
    one, other = data_site.get("/api/v1/fees"), signed_in(applicant).get("/api/v1/fees")
    assert one.content == other.content
    assert one.headers["Cache-Control"] == other.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "path", ["rules", "rules.csv", "posts", "check?" + "&".join(f"{k}={v}" for k, v in CHECK.items())]
)
def test_who_has_the_newest_answer_is_told_so(data_site, path):
    first = data_site.get(f"/api/v1/{path}")
    again = data_site.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Category.objects.filter(code="TV").update(target_working_days=11)
    assert (
        data_site.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    )


def test_another_language_has_another_validator(data_site):
    one = data_site.get("/api/v1/fees", headers={"Accept-Language": "en"})
    other = data_site.get("/api/v1/fees", headers={"Accept-Language": "fa"})
    assert one.headers["ETag"] != other.headers["ETag"]


def test_head_is_get_without_its_body(data_site):
    got, asked = data_site.get("/api/v1/rules"), data_site.head("/api/v1/rules")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["ETag"] == got.headers["ETag"]


def test_it_names_its_licence_and_its_description(data_site):
    link = data_site.get("/api/v1/rules").headers["Link"]
    assert 'rel="license"' in link
    assert '/api/v1/openapi.json>; rel="describedby"' in link


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_table_is_a_formula(data_site, formula):
    Category.objects.filter(code="TV").update(name={"en": formula})
    table = data_site.get("/api/v1/categories.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert next(row for row in rows if row["code"] == "TV")["name"] == f"'{formula}"


def test_cells_say_what_they_hold():
    assert [cell(each) for each in (None, True, 0, ["a", "b"], [])] == ["", "true", "0", "a b", ""]
    assert json.loads(cell([{"a": "ب"}])) == [{"a": "ب"}]


def test_what_is_not_public_is_not_in_it(data_site):
    text = "".join(data_site.get(f"/api/v1/{name}").text for name in RESOURCES)
    for secret in ("editor@velmaris", "approver@velmaris", "Mara Lindqvist"):
        assert secret not in text


@pytest.mark.parametrize(("name", "queries"), [("rules", 1), ("posts", 1), ("official-accounts", 2)])
def test_an_answer_costs_few_queries(data_site, name, queries, django_assert_num_queries):
    data_site.get(f"/api/v1/{name}")
    with django_assert_num_queries(queries):
        data_site.get(f"/api/v1/{name}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_people_read_how_to_use_it(data_site, language):
    page = data_site.get(f"/{language}/developers/").text
    for name in RESOURCES:
        assert f"/api/v1/{name}.csv" in page
    assert "/api/v1/openapi.json" in page
