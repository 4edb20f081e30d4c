import re
from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils.translation import gettext, override

from consular.ui.middleware import PackPagesMiddleware
from consular.ui.views import bad_request

pytestmark = pytest.mark.urls("tests.consular.ui.urls")
LANGUAGES = ["en", "fa", "ar", "fr", "es"]
ERRORS = ["400", "403", "404", "429", "500", "csrf"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_neither_database_nor_request(name, language):
    with override(language):
        page = get_template(f"{name}.html").render()
    assert f'<html lang="{language}"' in page
    assert "<h1" in page
    assert "{{" not in page


def test_an_error_page_in_a_request_asks_no_database(client):
    assert client.get("/fa/nowhere/").status_code == 404
    assert client.get("/fa/forbidden/").status_code == 403


def test_a_broken_page_is_told_as_ours():
    response = Client(raise_request_exception=False).get("/en/broken/")
    assert response.status_code == 500
    assert "There is a problem with the service" in response.text


def test_a_page_without_its_token_says_what_to_do(settings):
    settings.CSRF_FAILURE_VIEW = "consular.ui.views.csrf_failure"
    response = Client(enforce_csrf_checks=True).post("/en/guarded/")
    assert response.status_code == 403
    assert "what you typed is still there" in response.text


def test_direction_and_sheet_follow_the_language(client, db):
    assert 'lang="fa" dir="rtl"' in client.get("/fa/gallery/").text
    assert "dist/app.rtl.css" in client.get("/fa/gallery/").text
    assert 'lang="fr" dir="ltr"' in client.get("/fr/gallery/").text
    assert "dist/app.css" in client.get("/fr/gallery/").text


def test_every_page_links_to_itself_in_the_other_languages(client, db):
    page = client.get("/en/gallery/?page=2").text
    for language in LANGUAGES:
        assert f'rel="alternate" hreflang="{language}" href="http://testserver/{language}/gallery/"' in page
    assert 'href="/fa/gallery/?page=2" rel="alternate" hreflang="fa" lang="fa" dir="rtl">فارسی</a>' in page
    assert 'lang="en" dir="ltr" aria-current="true">English</span>' in page


def test_a_page_with_errors_says_so_in_its_title(client, db):
    assert "<title>Components – " in client.get("/en/gallery/").text
    assert "<title>Error: Components – " in client.get("/en/gallery/?errors").text


def test_the_demonstration_says_that_it_is_one(client, db, settings):
    assert "This state is fictional" in client.get("/en/gallery/").text
    settings.DEMONSTRATION = False
    assert "This state is fictional" not in client.get("/en/gallery/").text


def test_nothing_in_a_page_is_inline_or_foreign(client, db):
    page = client.get("/en/gallery/?errors").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", page)
    assert not re.search(r'(src|href)="(https?:)?//(?!testserver)', page)


def test_the_page_weighs_little(client, db):
    assert len(client.get("/en/gallery/").content) < 40_000


def test_pages_travel_packed(client, db):
    packed = client.get("/en/gallery/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(client.get("/en/gallery/").content) / 3


@pytest.mark.parametrize("content_type", ["image/jpeg", "application/pdf"])
def test_what_is_packed_already_is_left_alone(rf, content_type):
    def picture(request):
        return HttpResponse(b"\xff" * 5000, content_type=content_type)

    response = PackPagesMiddleware(picture)(rf.get("/", headers={"Accept-Encoding": "gzip"}))
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", ["/en/open/?q=a%00b", "/en/open/?a%00b=1", "/en/ope%00n/"])
def test_a_nul_in_an_address_is_refused(path):
    assert Client().get(path).status_code in {400, 404}


def test_a_nul_in_a_cookie_is_refused():
    client = Client()
    client.cookies["sid"] = "a\x00b"
    assert client.get("/en/open/").status_code == 400


def test_a_nul_in_a_form_is_left_to_the_form():
    assert Client().post("/en/open/", {"surname": "a\x00b"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "[::1"])
def test_a_host_that_is_not_ours_is_refused(host):
    response = Client().get("/en/open/", headers={"host": host})
    assert response.status_code == 400
    assert "We could not read this request" in response.text


def test_too_many_files_or_fields_and_too_long_a_text_are_told():
    files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(11)]
    for much in ({"file": files}, {f"f{number}": "" for number in range(1001)}, {"text": "x" * 3_000_000}):
        response = Client().post("/fa/reading/", much)
        assert response.status_code == 400
        with override("fa"):
            assert gettext("You sent more at once than we can take. Nothing was changed.") in response.text
        assert "۱۰ فایل" in response.text


def test_what_is_too_much_is_read_to_its_end():
    """Else the server resets the connection, and the person never sees the page."""
    request = RequestFactory().post("/en/open/")
    content = request._stream = BytesIO(b"x" * 5_000_000)
    assert bad_request(request, RequestDataTooBig()).status_code == 400
    assert not content.read(1)
