"""Copies of public pages: for everybody, for some seconds, and never of a page that is somebody's own."""

import datetime as dt
from collections.abc import Callable

import brotli
import pytest
import time_machine
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from consular.accounts.models import User
from consular.missions.models import Mission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _copies(settings):
    settings.PUBLIC_COPIES_KEPT_FOR = 10
    caches["local"].clear()
    yield
    caches["local"].clear()


@pytest.fixture
def page(site: Client) -> Client:
    """Ask for a page, so that there is a copy."""
    site.get("/en/visas/tv/")
    return site


def test_a_copy_asks_the_database_nothing(page, django_assert_num_queries):
    with django_assert_num_queries(0):
        copy = page.get("/en/visas/tv/")
    first = Client().get("/en/visas/tv/", {"copy": "no"})
    assert copy.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, max-age=60"
    assert copy.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert b"</html>" in copy.content


def test_a_copy_tells_its_age(page):
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=7), tick=False):
        assert page.get("/en/visas/tv/").headers["Age"] in {"7", "8"}


def test_who_has_the_page_is_told_so(page):
    copy = page.get("/en/visas/tv/")
    again = page.get("/en/visas/tv/", headers={"If-None-Match": copy.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_shows_after_some_seconds(page):
    Mission.objects.update(email="new@example.org")
    assert b"new@example.org" not in page.get("/en/visas/tv/").content
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=11)):
        assert "Age" not in page.get("/en/visas/tv/").headers


@pytest.mark.parametrize("path", ["/fa/visas/tv/", "/en/visas/", "/en/visas/tv/?from=mail"])
def test_another_address_is_another_page(page, path):
    assert "Age" not in page.get(path).headers


def test_a_copy_in_gzip_is_for_those_who_read_it(page):
    packed = page.get("/en/visas/tv/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in page.get("/en/visas/tv/").headers


def test_everybodys_page_is_packed_with_brotli_for_those_who_read_it(site):
    both = {"Accept-Encoding": "gzip, deflate, br"}
    plain, squeezed, again = (site.get("/en/visas/tv/", headers=accepted) for accepted in ({}, both, both))
    assert squeezed.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "br"
    assert squeezed.headers["Content-Length"] == str(len(squeezed.content))
    assert brotli.decompress(squeezed.content) == brotli.decompress(again.content) == plain.content
    assert "Age" in again.headers
    assert squeezed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    known = site.get("/en/visas/tv/", headers={**both, "If-None-Match": squeezed.headers["ETag"]})
    assert known.status_code == 304


def test_what_is_somebodys_own_or_has_a_query_is_not_squeezed(site, signed_in, applicant):
    both = {"Accept-Encoding": "gzip, deflate, br"}
    for client, path in ((signed_in(applicant), "/en/visas/tv/"), (site, "/en/visas/tv/?from=mail")):
        assert client.get(path, headers=both).headers["Content-Encoding"] == "gzip"


def test_a_person_gets_their_own_page(page, signed_in: Callable[..., Client], applicant: User):
    response = signed_in(applicant).get("/en/visas/tv/")
    assert "Age" not in response.headers
    assert "Sign out" in response.content.decode()


def test_a_page_that_is_somebodys_own_is_not_copied(site, signed_in, applicant):
    signed_in(applicant).get("/en/visas/")
    assert "Age" not in site.get("/en/visas/").headers


def test_who_brings_a_message_gets_no_copy(page):
    page.cookies[CookieStorage.cookie_name] = "something"
    assert "Age" not in page.get("/en/visas/tv/").headers


def test_an_unknown_host_is_refused_though_there_is_a_copy(page):
    assert page.get("/en/visas/tv/", headers={"Host": "elsewhere.example.org"}).status_code == 400


def test_what_is_not_public_is_not_copied(site):
    site.get("/en/status/")
    assert "Age" not in site.get("/en/status/").headers
