"""Text only: small, whole, and never mixed up with the full pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from embassy.website.content import Content
from embassy.website.sitemap import public_pages
from embassy.website.text_mode import as_text

MOST, MOST_STYLE = 15_000, 4_000  # bytes
ANSWER = "visas/check/IRN/ordinary/tourism/30/2026-12-24/"
ASKED = [
    ANSWER,
    "visas/check/",
    "posts/find/",
    "search/?q=visa",
    "feedback/",
    "status/",
    "verify/",
    "account/login/",
]
SHEET = Path(settings.BASE_DIR) / "static" / "dist" / "text.css"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_weighs_at_most_15_kilobytes_all_in(whole_site, reader_of_text, language):
    paths = [page.path for page in public_pages(Content.now())]
    assert len(paths) > 80
    for path in [*paths, *ASKED]:
        response = reader_of_text().get(f"/{language}/{path}")
        assert response.status_code == 200, path
        assert len(response.content) + SHEET.stat().st_size <= MOST, path
        page = response.text
        assert not re.search(r"<(img|svg|script|iframe|video)\b|style=|data-module", page), path
        assert page.count('rel="stylesheet"') == page.count("dist/text.css") == 1, path
        assert "<h1" in page, path
        assert page.rstrip().endswith("</html>"), path


def test_the_one_style_sheet_is_small():
    assert SHEET.stat().st_size <= MOST_STYLE


def test_the_choice_is_a_cookie_and_the_address_stays_clean(site):
    response = site.get("/en/visas/tv/?view=text&from=mail")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/visas/tv/?from=mail")
    cookie = response.cookies["view"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("text", "Lax", True)
    assert "no-store" in response.headers["Cache-Control"]
    assert b"text.css" in site.get("/en/visas/tv/").content


def test_the_way_back_removes_the_cookie(site):
    site.get("/en/?view=text")
    response = site.get("/en/?view=full")
    assert response.cookies["view"].value == ""
    assert b"text.css" not in site.get("/en/").content


def test_every_page_leads_to_the_other_view(site, reader_of_text):
    assert 'href="/en/visas/?view=text"' in site.get("/en/visas/").text
    assert 'href="/en/visas/?view=full"' in reader_of_text().get("/en/visas/").text


def test_an_applicants_pages_are_text_too(signed_in, applicant):
    client = signed_in(applicant)
    client.cookies["view"] = "text"
    page = client.get("/en/my/").text
    assert "text.css" in page
    assert "<script" not in page
    assert "Sign out" in page


def test_a_form_of_text_only_works(site, reader_of_text):
    page = reader_of_text().get("/en/visas/check/").text
    assert page.count("<option") < 20
    assert '<input name="nationality"' in page
    typed = {"nationality": "iran", "document": "ordinary", "purpose": "tourism", "days": "30"}
    day = {"on_day": "24", "on_month": "12", "on_year": "2026", "on_calendar": "gregorian"}
    response = reader_of_text().get("/en/visas/check/", {**typed, **day})
    assert response.headers["Location"] == f"/en/{ANSWER}"


def test_what_was_chosen_from_a_long_list_is_kept(site, reader_of_text):
    page = reader_of_text().get("/en/visas/check/?nationality=IRN&days=x").text
    assert re.search(r'<input name="nationality"[^>]* value="Iran"', page)


def test_copies_of_both_views_are_kept_apart(site, reader_of_text, settings):
    settings.PUBLIC_COPIES_KEPT_FOR = 10
    caches["local"].clear()
    try:
        for _ in range(2):
            assert b"text.css" not in site.get("/en/visas/tv/").content
            assert b"text.css" in reader_of_text().get("/en/visas/tv/").content
    finally:
        caches["local"].clear()


def test_a_validator_of_one_view_is_not_good_for_the_other(site, reader_of_text):
    etag = site.get("/en/visas/tv/").headers["ETag"]
    text = reader_of_text().get("/en/visas/tv/", headers={"If-None-Match": etag})
    assert text.status_code == 200
    again = reader_of_text().get("/en/visas/tv/", headers={"If-None-Match": text.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address", ["//evil.example/?view=text", "/\\evil.example/?view=full", "///evil.example?view=text"]
)
def test_the_choice_leads_to_no_other_site(site, address):
    location = site.get(address).headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("value", ["", "TEXT", "x" * 10_000, "<script>", "text;full"])
def test_an_unknown_view_changes_nothing(site, value):
    response = site.get("/en/visas/", {"view": value})
    assert response.status_code == 200
    assert "view" not in response.cookies
    site.cookies["view"] = "nonsense"
    assert b"text.css" not in site.get("/en/visas/").content


def test_a_post_is_never_taken_for_the_choice(site):
    assert site.post("/en/visas/?view=text").status_code == 405


def test_a_picture_is_replaced_by_its_words():
    page = as_text('<head></head><p>A <img src="x.png" alt="lion &amp; sun"> <span class="x">word</span></p>')
    assert "lion &amp; sun" in page
    assert "<img" not in page
    assert "<span" not in page


def test_no_two_words_grow_together():
    assert "a b" in as_text("<p><strong>a</strong><span>b</span></p>").replace("</strong>", "")
    assert as_text("<div><div>a</div><div>b</div></div>").count("<div>") == 2


def test_items_of_lists_need_no_end():
    page = as_text("<ul><li>a</li> <li>b </li></ul><dl><div><dt>c</dt><dd>d</dd></div></dl>")
    assert page == "<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>"


def test_error_pages_are_text_too(reader_of_text, db):
    response = reader_of_text().get("/en/no/such/page/")
    assert response.status_code == 404
    assert b"text.css" in response.content
    assert Client().get("/en/no/such/page/").status_code == 404
