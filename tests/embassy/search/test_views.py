"""The page where people look for something."""

import pytest

from embassy.search.models import Search
from embassy.search.views import NOTES_AN_HOUR

pytestmark = pytest.mark.usefixtures("indexed")

HOSTILE = [
    "'\"",
    "%%%",
    "__",
    "<script>alert(1)</script>",
    "../../etc",
    "a" * 10_000,
    "\u202eabc",
    "🐪",
    "&" * 500,
    "𝕏" * 100,
]


def test_anybody_finds_a_page_without_an_account(client):
    answer = client.get("/en/search/", {"q": "student"})
    assert 'href="/en/visas/st/"' in answer.content.decode()
    assert "<mark>Student</mark> visa" in answer.content.decode()


def test_a_reader_of_persian_finds_it_in_persian(client):
    page = client.get("/fa/search/", {"q": "student"}).content.decode()
    assert 'href="/fa/visas/st/"' in page
    assert "روادید دانشجویی" in page


def test_a_text_in_another_language_says_so_and_is_marked_up_as_such(client):
    page = client.get("/fa/search/", {"q": "renouveler"}).content.decode()
    assert 'lang="fr" dir="ltr"' in page
    assert "Passeports" in page


def test_the_page_is_not_kept_by_others_nor_by_search_engines(client):
    answer = client.get("/en/search/", {"q": "visa"})
    assert "private" in answer.headers["Cache-Control"]
    assert 'name="robots" content="noindex"' in answer.content.decode()


def test_nothing_found_says_what_to_do(client):
    page = client.get("/en/search/", {"q": "studnet"}).content.decode()
    assert "Nothing found" in page
    assert 'Did you mean <a class="govuk-link" href="?q=Student">Student</a>?' in page


def test_an_empty_question_is_asked_again(client):
    page = client.get("/en/search/", {"q": "  "}).content.decode()
    assert "Enter what you are looking for" in page


def test_a_long_question_is_kept_and_the_limit_told(client):
    page = client.get("/en/search/", {"q": "x" * 300}).content.decode()
    assert "x" * 300 in page
    assert "200 characters or fewer" in page


@pytest.mark.parametrize("q", HOSTILE)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_whatever_is_typed_has_a_page(client, q, language):
    answer = client.get(f"/{language}/search/", {"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_nul_is_refused_with_a_page(client):
    assert client.get("/en/search/?q=visa%00").status_code == 400


@pytest.mark.parametrize("number", ["0", "-1", "2", "999999999999", "x", "۲", "1e9", ""])
def test_any_page_number_is_answered(client, number):
    assert client.get("/en/search/", {"q": "visa", "page": number}).status_code == 200


def test_an_unknown_kind_is_refused_by_name(client):
    page = client.get("/en/search/", {"q": "visa", "kind": "secret"}).content.decode()
    assert "Select one of the answers that are offered" in page


def test_what_was_not_found_is_noted_without_the_person(client):
    client.get("/en/search/", {"q": "camel"})
    client.get("/en/search/", {"q": "visa"})
    assert list(Search.objects.order_by("words").values_list("words", "found", "best")) == [
        ("camel", False, ""),
        ("visa", True, Search.objects.get(words="visa").best),
    ]


def test_further_pages_and_kinds_are_not_counted_as_further_searches(client):
    for more in ({}, {"page": "2"}, {"kind": "visa"}):
        client.get("/en/search/", {"q": "visa", **more})
    assert Search.objects.get().times == 1


def test_who_searches_all_day_is_answered_but_not_noted(client):
    for n in range(NOTES_AN_HOUR + 3):
        assert client.get("/en/search/", {"q": f"word {n}"}, REMOTE_ADDR="192.0.2.77").status_code == 200
    assert Search.objects.count() == NOTES_AN_HOUR


def test_looking_is_by_get_alone(client):
    assert client.post("/en/search/", {"q": "visa"}).status_code == 405


def test_a_search_costs_a_literal_number_of_queries(client, django_assert_num_queries):
    client.get("/en/search/", {"q": "visa"})
    with django_assert_num_queries(4):  # The page of a repeated search is not noted
        client.get("/en/search/", {"q": "visa", "page": "2"})
