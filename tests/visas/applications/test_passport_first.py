"""The passport first: the photograph, the wait, what was read, and what went wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consular.documents.status import Advice, Finding
from tests.factories.applications import complete, hand_in, submitted_application
from tests.factories.documents import DocumentFactory, RefusedDocumentFactory, photograph
from tests.visas.applications.test_documents import READING
from visas.applications.models import Evidence
from visas.applications.passport import READ

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def send(client, at, content=None):
    upload = SimpleUploadedFile("page.jpg", photograph() if content is None else content)
    return client.post(at("passport_first"), {"passport-file": upload})


def attach(draft, factory, **fields):
    document = factory(owner=draft.applicant, kind="passport", **fields)
    return Evidence.objects.create(application=draft, document=document, purpose="passport").document


def test_it_is_the_first_task(client, at):
    page = text(client.get(at("tasks")))
    assert page.index(at("passport_first")) < page.index(at("page", "names"))


def test_it_asks_for_the_photograph_and_lets_who_wants_type(client, at):
    page = text(client.get(at("passport_first")))
    assert f"we fill in {len(READ)} answers for you" in page
    assert "10 MB" in page
    assert f'href="{at("tasks")}">I will type it' in page


def test_a_photograph_is_taken_and_waited_for(client, at, draft):
    assert send(client, at).url == at("passport_first")
    assert draft.evidence.get().document.kind == "passport"
    page = text(client.get(at("passport_first")))
    assert "We are reading your passport" in page
    assert f'data-poll-url="{at("passport_state")}"' in page
    assert "Check again" in page


def test_what_is_no_picture_is_told_on_the_page(client, at, draft):
    page = text(send(client, at, b"MZ not a picture"))
    assert "This is not a picture or a PDF" in page
    assert not draft.evidence.exists()


def test_nothing_chosen_is_told(client, at, draft):
    assert "Error:" in text(client.post(at("passport_first"), {"passport-file": ""}))


def test_what_was_read_is_shown_to_be_confirmed(client, at, draft):
    hand_in(draft, "passport", fields=READING)
    assert client.get(at("passport_first")).url == at("passport")
    assert "Surname: AZAD" in text(client.get(at("passport")))


def test_a_page_that_was_not_read_says_why_and_what_to_do(client, at, draft):
    hand_in(draft, "passport", fields={}, findings=[{"code": Finding.MRZ_NOT_READ, "advice": [Advice.GLARE]}])
    page = text(client.get(at("passport_first")))
    assert "We could not read your passport" in page
    assert "without flash" in page
    assert "Upload the new photograph" in page
    assert "I will type it" in page


def test_a_file_that_cannot_be_used_is_told(client, at, draft):
    attach(draft, RefusedDocumentFactory)
    page = text(client.get(at("passport_first")))
    assert "We could not read your passport" in page
    assert "Upload the new photograph" in page


def test_a_new_photograph_takes_the_place_of_the_old(client, at, draft):
    hand_in(draft, "passport", fields={})
    send(client, at)
    assert draft.evidence.count() == 1
    assert "We are reading your passport" in text(client.get(at("passport_first")))


def test_the_waiting_page_hears_of_it(client, at, draft):
    attach(draft, DocumentFactory)
    waiting = client.get(at("passport_state"))
    assert "Check again" in text(waiting)
    again = client.get(at("passport_state"), headers={"if-none-match": waiting["ETag"]})
    assert again.status_code == 304
    draft.evidence.get().delete()
    hand_in(draft, "passport", fields=READING)
    read = client.get(at("passport_state"), headers={"if-none-match": waiting["ETag"]})
    assert "See what we read" in text(read)
    assert client.get(at("passport_state"), headers={"if-none-match": read["ETag"]}).status_code == 204


def test_a_page_that_waits_while_all_is_submitted_elsewhere_stops(client, applicant):
    application = submitted_application(applicant=applicant)
    asked = client.get(reverse("applications:passport_state", args=[application.pk]))
    assert asked.status_code == 204


def test_when_all_agrees_it_leads_to_the_tasks(client, at, draft):
    complete(draft)
    assert client.get(at("passport_first"), follow=True).request["PATH_INFO"] in {
        at("passport_first"),
        at("tasks"),
    }


@pytest.mark.parametrize("name", ["passport_first", "passport_state"])
def test_strangers_see_nothing(signed_in, stranger, at, name):
    assert signed_in(stranger).get(at(name)).status_code == 404


def test_the_task_is_done_when_what_was_read_was_looked_at(client, at, draft):
    def state(page):
        return re.search(r'passport-first/".*?</strong>|passport-first/".*?status">[^<]*', page)[0]

    assert "Not started" in state(text(client.get(at("tasks"))))
    hand_in(draft, "passport", fields=READING)
    assert "In progress" in state(text(client.get(at("tasks"))))
    assert "Look at what we read in your passport" in text(client.get(at("passport")))
    fill = re.findall(r'name="fill" value="([^"]+)"', text(client.get(at("passport"))))
    client.post(at("passport"), {"fill": fill})
    assert "Completed" in state(text(client.get(at("tasks"))))
