"""Was this page useful? No cookie, no token, no person; for triage by staff."""

import secrets
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from embassy.feedback import views
from embassy.feedback.models import Remark
from embassy.feedback.rules import scrubbed
from embassy.feedback.tasks import forget_old

ADDRESS = "/en/feedback/?page=/en/visas/"


@pytest.fixture
def strict(db):
    """Return a browser that Django would refuse without a token, in a network that has said nothing yet."""
    network = ".".join(str(part) for part in secrets.token_bytes(3))
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=f"10.{network}")


def test_a_remark_is_kept_with_its_page_and_nothing_else(strict):
    response = strict.post(ADDRESS, {"is_useful": "no", "text": "The fee is hard to find."})
    assert response.headers["Location"] == "/en/feedback/thanks/?page=%2Fen%2Fvisas%2F"
    remark = Remark.objects.get()
    assert (remark.page, remark.language, remark.is_useful) == ("/visas/", "en", False)
    assert remark.text == "The fee is hard to find."
    assert {field.name for field in Remark._meta.fields} == {
        "id", "page", "language", "is_useful", "text", "given_at", "state", "note",
    }  # fmt: skip


def test_no_cookie_is_set(strict):
    assert not strict.get(ADDRESS).cookies
    assert not strict.post(ADDRESS, {"is_useful": "yes"}).cookies
    assert not strict.cookies


def test_nobody_else_may_keep_the_form(strict):
    response = strict.get(ADDRESS)
    assert "no-store" in response.headers["Cache-Control"]
    assert "csrfmiddlewaretoken" not in response.text


def test_every_public_page_leads_to_it_and_no_other_does(strict, signed_in, applicant):
    assert 'href="/en/feedback/?page=%2Fen%2Fvisas%2F"' in strict.get("/en/visas/").text
    assert "/en/feedback/" not in signed_in(applicant).get("/en/my/").text


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, 1),
        ({"Sec-Fetch-Site": "same-origin"}, 1),
        ({"Sec-Fetch-Site": "none"}, 1),
        ({"Sec-Fetch-Site": "cross-site"}, 0),
        ({"Sec-Fetch-Site": "same-site"}, 0),
        ({"Origin": "http://testserver"}, 1),
        ({"Origin": "https://evil.example"}, 0),
        ({"Origin": "null"}, 0),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 0),
    ],
)
def test_a_form_from_another_site_is_refused(strict, headers, kept):
    response = strict.post(ADDRESS, {"is_useful": "yes"}, headers=headers)
    assert response.status_code == (302 if kept else 403)
    assert Remark.objects.count() == kept


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Write to me: ali@example.org.", "Write to me: [e-mail]"),
        ("call +44 1632 960101", "call [number]"),
        ("passport Q1234567", "passport Q[number]"),
        ("شمارهٔ من ۰۹۱۲ ۳۴۵ ۶۷۸۹ است", "شمارهٔ من [number] است"),
        ("Rule 14 of 2023 says 90 days", "Rule 14 of 2023 says 90 days"),
        ("60 euros", "60 euros"),
        ("QV00 SPEC 0000 0001", "QV00 SPEC [number]"),
        ("born 1990-05-17", "born [number]"),
        ("a@b@c.example, <d@e.example>", "a@[e-mail] <[e-mail]>"),
        ("", ""),
    ],
)
def test_what_could_tell_who_wrote_it_is_removed(typed, stored):
    assert scrubbed(typed) == stored


def test_scrubbing_a_long_text_takes_no_time():
    begun = time.process_time()
    assert len(scrubbed("1" * 100_000 + "@" * 100_000)) < 200_000
    assert time.process_time() - begun < 1  # seconds of the processor, where the square of the length took 15


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Select yes if the page was useful"),
        ({"is_useful": "maybe"}, "Select one of the answers"),
        ({"is_useful": "no", "text": "x" * 10_000}, "characters or fewer. You have entered"),
        ({"is_useful": "no", "text": "a\0b"}, "cannot be stored"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_kept(strict, fields, words):
    response = strict.post(ADDRESS, fields)
    assert response.status_code == 200
    assert words in response.text
    assert "<title>Error:" in response.text
    assert not Remark.objects.exists()


def test_html_is_text_for_readers_and_staff(strict, signed_in, superuser):
    strict.post(ADDRESS, {"is_useful": "no", "text": "<script>alert(1)</script>"})
    page = signed_in(superuser).get(reverse("admin:feedback_remark_changelist")).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "page",
    ["", "/en/my/", "//evil.example/", "https://evil.example/", "javascript:alert(1)", "x" * 5000,
     "/en/%00/", "/en/staff/", "/\\evil.example", "/en/visas/?x=1", "%ED%A0%80", "/en/no/such/page/",
     "/en/drafted/history/"],
)  # fmt: skip
def test_a_page_that_is_not_public_is_taken_for_the_first_one(strict, page):
    response = strict.post(f"/en/feedback/?{'page=' + page}", {"is_useful": "yes"})
    if response.status_code == 302:
        assert Remark.objects.get().page == "/"
        assert response.headers["Location"].endswith("?page=%2Fen%2F")
    else:
        assert response.status_code == 400
    assert 'href="/en/"' in strict.get(f"/en/feedback/thanks/?page={page}").text or "%00" in page


def test_the_page_is_known_in_the_readers_other_language_too(strict):
    strict.post("/fa/feedback/?page=/en/visas/", {"is_useful": "yes"})
    remark = Remark.objects.get()
    assert (remark.page, remark.language) == ("/visas/", "fa")


def test_a_network_may_say_only_so_much_in_an_hour(strict):
    for _ in range(views.REMARKS_A_NETWORK):
        assert strict.post(ADDRESS, {"is_useful": "yes"}).status_code == 302
    assert strict.post(ADDRESS, {"is_useful": "yes"}).status_code == 429
    assert Remark.objects.count() == views.REMARKS_A_NETWORK


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(strict, method):
    assert getattr(strict, method)(ADDRESS).status_code == 405


def test_staff_settle_remarks_page_by_page(signed_in, superuser, strict):
    strict.post(ADDRESS, {"is_useful": "no", "text": "Too long."})
    remark = Remark.objects.get()
    bench = signed_in(superuser)
    change = reverse("admin:feedback_remark_change", args=[remark.pk])
    assert bench.post(change, {"state": "done", "note": "Shortened.", "text": "forged"}).status_code == 302
    remark.refresh_from_db()
    assert (remark.state, remark.note, remark.text) == ("done", "Shortened.", "Too long.")
    assert bench.get(reverse("admin:feedback_remark_changelist"), {"q": "/visas"}).status_code == 200


def test_staff_without_the_right_read_no_remarks(signed_in, officer):
    assert signed_in(officer).get(reverse("admin:feedback_remark_changelist")).status_code == 404


def test_remarks_are_forgotten_after_a_year(strict):
    strict.post(ADDRESS, {"is_useful": "yes"})
    Remark.objects.create(
        page="/", language="en", is_useful=True, given_at=timezone.now() - timedelta(days=366)
    )
    assert forget_old() == 1
    assert Remark.objects.count() == 1


def test_the_demonstration_has_thirty_remarks(data_site):
    assert Remark.objects.count() == 30
    assert all(scrubbed(remark.text) == remark.text for remark in Remark.objects.all())
