"""Which post serves me: the questions, the address of the answer, and what is typed there that is no question."""

import re

import pytest
from django.test import Client

from consular.lib import countries
from consular.missions.status import Service

ANSWER = "posts/find/QNR/QVM/passports/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
@pytest.mark.parametrize(("path", "limit"), [("posts/find/", 7000), (ANSWER, 6000)])
def test_the_pages_are_there_small_and_cheap(site, language, path, limit, django_assert_num_queries):
    """The questions have all states of the world in them, twice."""
    packed = site.get(f"/{language}/{path}", headers={"Accept-Encoding": "gzip"})
    assert packed.status_code == 200
    assert len(packed.content) <= limit
    with django_assert_num_queries(1):
        site.get(f"/{language}/{path}")


def test_answers_lead_to_an_address_that_can_be_sent(site):
    answers = {"residence": "QNR", "nationality": "QVM", "service": "passports"}
    assert site.get("/en/posts/find/", answers).headers["Location"] == f"/en/{ANSWER}"


def test_the_answer_names_the_protecting_power_and_the_reason(site):
    page = text(site.get(f"/en/{ANSWER}"))
    assert "Interests Section in Naruvia serves you" in page
    assert "Sundmark protects the citizens of Velmaris there" in page
    assert "+44 1632 960197" in page
    assert "Virtual Embassy for Naruvia" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("QPB/QVM/passports", "Embassy Port Sabel serves people who live in Belcastra."),
        (
            "FRA/FRA/visas",
            "No post of ours near France offers this. Virtual Embassy for Naruvia serves people",
        ),
        ("QNR/QNR/passports", "This service is for citizens of Velmaris only."),
        ("QVM/FRA/visas", "You live in Velmaris."),
    ],
)
def test_every_answer_says_why(site, path, words):
    assert words in text(site.get(f"/en/posts/find/{path}/"))


def test_where_nobody_serves_the_page_says_what_to_do(db):
    page = text(Client().get("/en/posts/find/FRA/FRA/visas/"))
    assert "No post offers this where you live" in page
    assert "What you can do" in page


def test_every_service_from_every_country_has_a_page(site):
    """Each state as residence, with one of the services in turn, and each nationality in Naruvia."""
    for number, residence in enumerate(sorted(countries.STATES)):
        service = Service.values[number % len(Service.values)]
        assert site.get(f"/en/posts/find/{residence}/QVM/{service}/").status_code == 200, residence
    for nationality in sorted(countries.NATIONALITIES):
        assert site.get(f"/en/posts/find/QNR/{nationality}/visas/").status_code == 200, nationality


@pytest.mark.parametrize("path", ["qnr/qvm/passports", "QN/QV/passports", "QNR/QVM/PASSPORTS"])
def test_codes_in_other_spellings_lead_to_the_one_address(site, path):
    response = site.get(f"/en/posts/find/{path}/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/en/{ANSWER}")


@pytest.mark.parametrize(
    "path",
    [
        "XQX/QVM/passports",
        "QNR/XQX/passports",
        "QNR/QVM/miracles",
        "QNR/QVM/%27%20OR%201=1--",
        "۱۲۳/QVM/passports",
        "QNR/QVM/گذرنامه",
        "%3Cscript%3E/QVM/passports",
        f"{'x' * 1500}/QVM/passports",
        "QNR/%22%3E/visas",
    ],
)
def test_what_is_no_question_is_asked_again(site, path):
    response = site.get(f"/en/posts/find/{path}/")
    assert response.status_code == 404
    assert "There is a problem" in response.content.decode()
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize("path", ["QNR/QVM/", "QNR/", "QNR/QVM/passports/more/"])
def test_half_an_address_is_not_found(site, path):
    assert site.get(f"/en/posts/find/{path}").status_code == 404


def test_a_nul_is_refused(site):
    assert site.get("/en/posts/find/QNR/QVM/pass%00ports/").status_code in {400, 404}


def test_answers_can_be_changed(site):
    page = site.get(f"/en/{ANSWER}").content.decode()
    change = re.search(r'href="(/en/posts/find/\?[^"]*)"', page).group(1).replace("&amp;", "&")
    again = site.get(change).content.decode()
    assert "<option selected>Naruvia</option>" in again
    assert 'value="passports"' in again


def test_an_incomplete_form_says_what_is_missing(site):
    page = text(site.get("/en/posts/find/", {"residence": "QNR"}))
    assert "Select the nationality in your passport" in page
    assert "Select what you need" in page


@pytest.mark.parametrize("path", ["posts/find/", ANSWER])
def test_the_pages_only_answer_to_reading(site, path):
    assert site.post(f"/en/{path}").status_code == 405
