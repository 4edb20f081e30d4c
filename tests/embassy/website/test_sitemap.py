"""What search engines and other machines find at the root of the site."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from embassy.website.sitemap import SITEMAP, XHTML

LANGUAGES = {"en", "fa", "ar", "fr", "es"}


def entries(client, language):
    root = ET.fromstring(client.get(f"/sitemap-{language}.xml").content)  # noqa: S314 - our own
    return root.findall(f"{{{SITEMAP}}}url")


def location(entry):
    return entry.find(f"{{{SITEMAP}}}loc").text


def test_the_index_names_one_sitemap_a_language(whole_site):
    response = whole_site.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    named = {each.text for each in root.iter(f"{{{SITEMAP}}}loc")}
    assert {urlsplit(each).path for each in named} == {f"/sitemap-{language}.xml" for language in LANGUAGES}


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-en.xml"])
def test_names_stand_without_a_prefix_whatever_else_this_process_has_written(whole_site, path):
    """Not every machine reads `ns0:url`, and what draws our papers takes the empty prefix for itself."""
    ET.register_namespace("", "")
    assert "<loc>" in whole_site.get(path).text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_of_the_sitemap_is_there_and_names_itself(whole_site, language):
    for entry in entries(whole_site, language):
        path = urlsplit(location(entry)).path
        page = whole_site.get(path)
        assert page.status_code == 200, path
        assert f'<link rel="canonical" href="{location(entry)}">' in page.text, path
        assert 'property="og:title" content="' in page.text, path


def test_every_page_names_its_other_languages_and_the_one_for_everybody(whole_site):
    for entry in entries(whole_site, "en"):
        links = {each.get("hreflang"): each.get("href") for each in entry.findall(f"{{{XHTML}}}link")}
        assert {"en", "x-default"} <= set(links) <= LANGUAGES | {"x-default"}
        assert links["en"] == location(entry)
        assert links["x-default"] == location(entry).replace("/en/", "/", 1)


def test_the_address_for_everybody_leads_to_the_readers_language(whole_site):
    for entry in entries(whole_site, "en")[:10]:
        path = urlsplit(location(entry)).path.replace("/en/", "/", 1)
        response = whole_site.get(path, headers={"Accept-Language": "fa"})
        assert (response.status_code, response.headers["Location"]) == (302, f"/fa{path}")


def test_the_sitemap_has_visas_posts_and_pages_kept_by_staff(whole_site):
    found = {urlsplit(location(entry)).path for entry in entries(whole_site, "en")}
    assert {
        "/en/",
        "/en/visas/tv/",
        "/en/posts/port-sabel/",
        "/en/citizens/",
        "/en/official-accounts/",
    } <= found
    assert not any("search" in path or "/whole/" in path or "/my/" in path for path in found)


def test_a_page_that_is_not_translated_is_in_no_other_sitemap(whole_site):
    by_language = {
        language: {urlsplit(location(entry)).path[3:] for entry in entries(whole_site, language)}
        for language in ("en", "es")
    }
    assert by_language["es"] <= by_language["en"]


@pytest.mark.parametrize("path", ["/sitemap-xx.xml", "/sitemap-..%2f.xml", "/sitemap-.xml"])
def test_there_is_no_sitemap_of_an_unknown_language(db, path):
    assert Client().get(path).status_code == 404


def test_robots_stay_away_from_what_is_somebodys_own(site):
    text = site.get("/robots.txt").content.decode()
    for path in ("account", "my", "staff", "apply", "documents"):
        assert f"Disallow: /fa/{path}/" in text
    assert "Sitemap: http" in text


def test_security_txt_says_whom_to_tell_and_until_when_that_holds(site):
    lines = dict(line.split(": ", 1) for line in site.get("/.well-known/security.txt").text.splitlines())
    assert lines["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/sitemap-en.xml", "/.well-known/security.txt"]
)
def test_machines_ask_again_cheaply(site, path):
    first = site.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = site.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.head(path).status_code == 200
    assert site.post(path).status_code == 405
    assert "Set-Cookie" not in first.headers


def test_pages_that_are_not_for_everybody_are_described_to_nobody(signed_in, applicant):
    page = signed_in(applicant).get("/en/my/").text
    assert "og:title" not in page
    assert "canonical" not in page
