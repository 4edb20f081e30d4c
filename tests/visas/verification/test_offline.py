"""The page /v and its service worker: everybody's, in five languages, with a policy of their own."""

import json
import re
from html import unescape
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from visas.seals.bundle import opened
from visas.verification import offline_views

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fa", "ar", "fr", "es")
FIRST_VIEW = 30_000  # bytes on the wire


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("address", ["/v", "/v/", *(f"/v/{code}/" for code in LANGUAGES)])
def test_everybody_gets_it_without_a_session(client, address):
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    assert "csrf" not in words(response)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_or_the_browser_chooses_the_language(client, language):
    here = f'<html lang="{language}"'
    assert here in words(client.get(f"/v/{language}/"))
    asked = client.get("/v", headers={"Accept-Language": language})
    assert here in words(asked)
    assert "Accept-Language" in asked["Vary"]


def test_another_language_is_no_page(client):
    assert client.get("/v/de/", follow=True).status_code == 404


def test_a_signed_in_reader_gets_the_same_page(client, signed_in, applicant):
    assert signed_in(applicant).get("/v/en/").content == client.get("/v/en/").content


def test_scripts_of_our_own_and_webassembly_run_and_nothing_else(client):
    policy = client.get("/v")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "form-action 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "wasm" not in client.get("/en/verify/")["Content-Security-Policy"]


def test_without_javascript_it_leads_to_the_typed_check(client):
    noscript = re.search(r"<noscript>(.*?)</noscript>", words(client.get("/v/fa/")), re.DOTALL)
    assert 'href="/fa/verify/"' in noscript[1]


def test_it_pins_the_keys_that_sign_the_lists(client):
    page = words(client.get("/v"))
    keys = json.loads(unescape(re.search(r'data-keys="([^"]*)"', page)[1]))
    assert opened(client.get("/v/bundle.jws").content, keys[0])["v"] == 1
    assert all("d" not in key for key in keys)


def test_the_worker_keeps_every_page_and_file_and_is_new_when_one_of_them_is(client, monkeypatch):
    response = client.get("/v/sw.js")
    assert response["Service-Worker-Allowed"] == "/v"
    assert response["Content-Type"].startswith("text/javascript")
    kept = json.loads(re.search(r"const KEPT = (\[.*?\])", words(response))[1])
    assert {"/v", "/v/", *(f"/v/{code}/" for code in LANGUAGES)} <= set(kept)
    assert any(each.endswith(".wasm") for each in kept)
    for each in kept:
        if each.startswith("/v"):
            assert client.get(each).status_code == 200
    monkeypatch.setattr(offline_views, "pinned", list)
    assert client.get("/v/sw.js").content != response.content


def test_the_first_view_is_light(client):
    page = client.get("/v/fa/").content
    files = ["dist/app.rtl.css", "dist/verifier.js", "identity/emblem.svg"]
    parts = [page, *(Path(finders.find(each)).read_bytes() for each in files)]
    sizes = [len(brotli.compress(each)) for each in parts]
    assert sum(sizes) <= FIRST_VIEW, sizes


def test_every_answer_of_the_script_has_words(client):
    scripts = "".join(
        Path(f"assets/js/verifier/{name}.mjs").read_text() for name in ("verifying", "outcome", "page")
    )
    answers = set(re.findall(r"'([A-Z]{2,}(?:_[A-Z]+)+|REVOKED|SUSPENDED|ENDED|USED)'", scripts))
    shown = set(re.findall(r'data-outcome="(\w+)"', words(client.get("/v"))))
    assert answers - shown <= {"NOT_PROVEN", "UNKNOWN_FEATURE"}
    assert {"VALID"}.isdisjoint(shown)
