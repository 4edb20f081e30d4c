"""Every public page is there for everybody, in both languages, and says what the law says."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from consular.missions.models import Mission
from tests.factories.accounts import UserFactory
from visas.policy.models import Category, Fee, Rule

PAGES = [
    "",
    "visas/",
    "visas/tv/",
    "visas/tr/",
    "visas/ea/",
    "visas/check/",
    "visas/fees/",
    "visas/fees/calculator/",
    "visas/processing-times/",
    "posts/",
    "privacy/",
    "accessibility/",
]
ANSWER = "visas/check/IRN/ordinary/tourism/30/2026-12-24/"


def text(response):
    """Return what the page says, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
@pytest.mark.parametrize("path", [*PAGES, ANSWER])
def test_a_page_is_there_without_an_account(site, language, path):
    response = site.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, ANSWER])
def test_a_page_is_small(site, path):
    sent = site.get(f"/fa/{path}", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.content) < 7000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_only_answers_to_reading(site, path):
    assert site.post(f"/en/{path}").status_code == 405


@pytest.mark.parametrize("path", [*PAGES, ANSWER])
def test_a_page_costs_one_query(site, path, django_assert_num_queries):
    site.get(f"/en/{path}")
    with django_assert_num_queries(1):
        site.get(f"/en/{path}")


def test_a_page_costs_no_more_with_more_missions(site, django_assert_num_queries):
    Mission.objects.bulk_create(Mission(code=f"m{n}", name={"en": f"M{n}"}, country="QN") for n in range(3))
    site.get("/en/posts/")
    with django_assert_num_queries(1):
        site.get("/en/posts/")


@pytest.mark.parametrize("path", PAGES)
def test_a_portal_without_data_still_has_its_pages(db, path):
    """Those about a visa too: while there is no law they say that it is to come, and whom to ask."""
    assert Client().get(f"/en/{path}").status_code == 200


def test_the_home_page_leads_to_everything(site):
    page = site.get("/en/").content.decode()
    for place in ["visas/check/", "visas/tv/", "visas/tr/", "visas/", "posts/", "privacy/", "accessibility/"]:
        assert f'href="/en/{place}"' in page


def test_a_visa_page_says_fee_time_source_and_documents_from_the_data(site):
    page = text(site.get("/en/visas/tv/"))
    for words in [
        "60 euros",
        "10 working days",
        "30 days · 60 days · 90 days",
        "In force since 1 January 2026",
        "Consular Fees Regulation (No. 26 of 2025), § 3",
        "Letter of invitation",
        "Children under 6",
        "No visa for up to 90 days in any 180 days",
    ]:
        assert words in page


def test_a_visa_page_tells_of_changes_before_and_behind(site):
    page = text(site.get("/en/visas/tv/"))
    assert "From 1 March 2027: States whose citizens visit with an electronic authorisation" in page
    assert "1 June 2025 to 31 August 2025" in page


def test_alike_purposes_share_one_overview(site):
    page = text(site.get("/en/visas/tv/"))
    assert "Holiday or sightseeing; Visiting family or friends" in page
    transit = text(site.get("/en/visas/tr/"))
    assert "Passing through to another country; Changing planes" not in transit


def test_a_page_follows_the_data_at_once(site):
    site.get("/en/visas/tv/")
    Fee.objects.filter(category__code="TV", valid_to=None).update(amount=65)
    Category.objects.filter(code="TV").update(target_working_days=4)
    page = text(site.get("/en/visas/tv/"))
    assert "65 euros" in page
    assert "4 working days" in page


def test_the_list_sends_to_embassies_only_for_visas_that_they_alone_take(site):
    assert "Apply at an embassy" not in site.get("/en/visas/").text
    Category.objects.filter(code="WK").update(online=False)
    page = site.get("/en/visas/").text
    assert page.index("Tourist visa") < page.index("Apply at an embassy") < page.index("Work visa")


def test_a_visa_that_is_not_taken_here_names_embassies_instead_of_a_button(site):
    Category.objects.filter(code="WK").update(online=False)
    page = site.get("/en/visas/wk/").content.decode()
    assert "/en/posts/#port-sabel" in page
    assert "/apply/" not in page


@pytest.mark.parametrize("code", ["xx", "tourist", "t-v"])
def test_a_visa_that_does_not_exist_is_not_found(site, code):
    assert site.get(f"/en/visas/{code}/").status_code == 404


def test_persian_pages_have_persian_digits_and_names(site):
    page = text(site.get("/fa/visas/tv/"))
    assert "روادید گردشگری" in page
    assert "۶۰ یورو" in page
    assert "۱۱ دی ۱۴۰۴ (۱ ژانویهٔ ۲۰۲۶)" in page


def test_embassies_are_shown_with_what_the_data_knows(site):
    page = text(site.get("/en/posts/"))
    for mission in Mission.objects.all():
        assert mission.name["en"] in page
        assert mission.phone in page
        assert mission.emergency_phone in page
    assert "All countries that no other embassy serves" in page


def test_text_in_data_is_text_and_no_markup(site):
    Rule.objects.update(reason={"en": "<script>alert(1)</script>"})
    page = site.get(f"/en/{ANSWER}").content.decode()
    assert "<script>alert" not in page
    assert escape("<script>alert(1)</script>") in page


# Copies


def test_a_copy_that_is_still_good_is_not_sent_again(site):
    first = site.get("/en/visas/tv/")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = site.get("/en/visas/tv/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Fee.objects.filter(category__code="TR").update(amount=1),
        lambda: Mission.objects.filter(code="dorun").update(phone="+44 1632 960999"),
    ],
)
def test_a_copy_is_no_longer_good_when_the_data_changed(site, change):
    tag = site.get("/en/visas/tv/").headers["ETag"]
    change()
    assert site.get("/en/visas/tv/", headers={"If-None-Match": tag}).status_code == 200


def test_each_language_and_page_has_its_own_copy(site):
    tags = {site.get(path).headers["ETag"] for path in ["/en/", "/fa/", "/en/visas/", "/en/visas/tv/"]}
    assert len(tags) == 4


def test_a_page_for_somebody_signed_in_is_never_shared(site, signed_in):
    response = signed_in(UserFactory()).get("/en/")
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]
