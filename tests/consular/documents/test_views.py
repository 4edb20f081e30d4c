"""Who may look at what, and how it is served."""

import uuid

import pytest
from django.http import Http404
from django.urls import reverse

from consular.audit.models import Entry
from consular.documents import actions, views
from tests.factories.documents import (
    CleanDocumentFactory,
    DocumentFactory,
    RefusedDocumentFactory,
    photograph,
)

pytestmark = pytest.mark.django_db

PAGES = ["documents:page_image", "documents:page_thumbnail"]


@pytest.fixture
def document(applicant):
    return CleanDocumentFactory(owner=applicant)


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("page", PAGES)
def test_the_owner_sees_the_pages(page, document, applicant, signed_in):
    response = signed_in(applicant).get(reverse(page, args=[document.pk, 1]))
    assert response.status_code == 200
    assert body(response).startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == f'inline; filename="{document.pk}-1.jpg"'


@pytest.mark.parametrize("page", PAGES)
def test_what_is_served_runs_nothing_and_is_kept_nowhere(page, document, applicant, signed_in):
    response = signed_in(applicant).get(reverse(page, args=[document.pk, 1]))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    response.close()


@pytest.mark.parametrize("page", [*PAGES, "documents:state"])
def test_strangers_and_officers_get_404_and_the_anonymous_go_to_sign_in(
    page, document, stranger, officer, signed_in, client
):
    address = reverse(page, args=[document.pk] if page.endswith("state") else [document.pk, 1])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(officer).get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_there_is_nothing_to_see_in_quarantine_after_refusal_after_removal_or_past_the_end(
    page, document, applicant, signed_in
):
    client = signed_in(applicant)
    for other in (DocumentFactory(owner=applicant), RefusedDocumentFactory(owner=applicant)):
        assert client.get(reverse(page, args=[other.pk, 1])).status_code == 404
    assert client.get(reverse(page, args=[document.pk, 2])).status_code == 404
    assert client.get(reverse(page, args=[uuid.uuid4(), 1])).status_code == 404
    actions.remove(document, by=applicant)
    assert client.get(reverse(page, args=[document.pk, 1])).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_only_read(page, document, applicant, signed_in):
    assert signed_in(applicant).post(reverse(page, args=[document.pk, 1])).status_code == 405


def test_the_state_is_a_part_of_a_page_and_says_when_there_is_no_news(applicant, signed_in):
    document, client = DocumentFactory(owner=applicant), signed_in(applicant)
    address = reverse("documents:state", args=[document.pk])
    first = client.get(address)
    assert (first.status_code, b"Being checked" in first.content, b"<html" in first.content) == (
        200,
        True,
        False,
    )
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.process(document)
    settled = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (settled.status_code, b"Ready" in settled.content) == (200, True)
    assert client.get(address, headers={"If-None-Match": settled["ETag"]}).status_code == 204


def test_the_original_is_a_download_that_no_browser_opens_and_the_trail_notes_it(document, officer):
    document.filename = "گذرنامه.jpg"
    response = views.serve_original(document, by=officer)
    assert body(response) == photograph()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    entry = Entry.objects.about(document).get()
    assert (entry.verb, entry.actor) == ("document.original_taken", officer)
    response.close()


@pytest.mark.parametrize("factory", [DocumentFactory, RefusedDocumentFactory])
def test_nobody_gets_the_original_before_it_is_clean(factory, officer):
    with pytest.raises(Http404):
        views.serve_original(factory(), by=officer)
    assert not Entry.objects.exists()
