"""Handing in files, and what the passport says beside the answers."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from consular.documents.models import Document
from consular.outbox.models import Effect
from consular.questionnaires.filling import Entry
from consular.questionnaires.status import Source
from tests.factories.applications import answer, hand_in, tourist
from tests.factories.documents import (
    CleanDocumentFactory,
    DocumentFactory,
    RefusedDocumentFactory,
    photograph,
)
from visas.applications.actions import attach
from visas.applications.draft import Draft
from visas.applications.models import Evidence

pytestmark = pytest.mark.django_db

READING = {
    "surname": "AZAD", "given_names": "SHIRIN", "number": "N1234567", "nationality": "QNR", "birth_on": "1990-05-17",
    "sex": "F", "expires_on": "2031-05-01", "issuing_state": "QNR",
    "lines": ["P<QNRAZAD<<SHIRIN<<<<<<<<<<<<<<<<<<<<<<<<<<<", "N1234567<8QNR9005174F3105015<<<<<<<<<<<<<<04"],
}  # fmt: skip


def text(response):
    return " ".join(response.content.decode().split())


def send(client, at, purpose, content=None, name="page.jpg", prefix=None):
    upload = SimpleUploadedFile(name, photograph() if content is None else content)
    return client.post(at("documents"), {"purpose": purpose, f"{prefix or purpose}-file": upload})


def purposes(draft):
    return list(draft.evidence.values_list("purpose", flat=True))


def test_the_page_asks_for_what_the_law_asks_for(client, at):
    page = text(client.get(at("documents")))
    for words in ("Passport page with your photo", "Photo of your face", "Travel plan", "10 MB"):
        assert words in page
    assert "Letter of invitation" in page  # among what may be asked for
    assert 'id="invitation"' not in page


def test_the_answers_decide_what_is_asked_for(client, at, draft):
    answer(draft, {"trip.lodging": "host", "paying.by": "sponsor"})
    page = text(client.get(at("documents")))
    assert 'id="invitation"' in page
    assert 'id="sponsor-letter"' in page


def test_a_file_is_taken_at_once_and_its_processing_is_owed(client, at, draft, applicant):
    response = send(client, at, "passport")
    assert response.url == f"{at('documents')}#passport"
    document = draft.evidence.get().document
    assert (document.owner, document.kind, document.state) == (applicant, "passport", "received")
    assert Effect.objects.filter(topic="documents.process").count() == 1
    page = text(client.get(at("documents")))
    assert "page.jpg" in page
    assert at("document_remove", document.pk) in page


def test_a_new_passport_page_replaces_the_old(client, at, draft):
    send(client, at, "passport")
    first = draft.evidence.get().document
    send(client, at, "passport", name="better.jpg")
    first.refresh_from_db()
    assert first.removed_at
    assert draft.evidence.get().document.filename == "better.jpg"


def test_several_files_may_prove_one_thing(client, at, draft):
    send(client, at, "means", name="january.jpg")
    send(client, at, "means", name="february.jpg")
    assert purposes(draft) == ["means", "means"]


def test_a_refused_file_goes_when_another_comes(client, at, draft, applicant):
    refused = RefusedDocumentFactory(owner=applicant)
    Evidence.objects.create(application=draft, document=refused, purpose="means")
    send(client, at, "means", name="again.jpg")
    assert [each.document.filename for each in draft.evidence.select_related("document")] == ["again.jpg"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [(b"", "page.jpg", "empty"), (b"MZ\x90\x00" * 300, "bank.pdf", "not a picture or a PDF")],
)
def test_a_file_that_is_not_taken_is_told_and_the_rest_stays(client, at, draft, content, name, says):
    hand_in(draft, "photo")
    response = send(client, at, "means", content, name)
    assert response.status_code == 200
    assert says in text(response)
    assert "<title>Error:" in text(response)
    assert purposes(draft) == ["photo"]


def test_no_file_is_told(client, at):
    response = client.post(at("documents"), {"purpose": "means"})
    assert "#id_means-file" in text(response)


def test_a_document_that_nobody_asked_for_is_not_found(client, at):
    assert send(client, at, "invitation").status_code == 404
    assert send(client, at, "nonsense").status_code == 404


def test_a_file_can_be_removed(client, at, draft):
    send(client, at, "photo")
    document = draft.evidence.get().document
    assert client.post(at("document_remove", document.pk)).url == at("documents")
    assert not purposes(draft)
    assert Document.objects.get(pk=document.pk).removed_at


def test_a_file_can_be_removed_by_a_double_click(client, at, draft):
    send(client, at, "photo")
    document = draft.evidence.get().document
    for _ in range(2):
        assert client.post(at("document_remove", document.pk)).url == at("documents")


@pytest.mark.django_db(transaction=True)
def test_photos_that_arrive_at_the_same_moment_leave_one(draft, applicant):
    item = Draft.of(draft).checklist.item("photo")

    def at_once(document):
        try:
            attach(draft, [document], item=item, by=applicant)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(at_once, [DocumentFactory(owner=applicant, kind="photo") for _ in range(4)]))
    assert Document.objects.kept().get() == draft.evidence.get().document


def test_nobody_removes_a_file_of_somebody_else(client, at, draft, stranger, signed_in):
    send(client, at, "photo")
    document = draft.evidence.get().document
    assert signed_in(stranger).post(at("document_remove", document.pk)).status_code == 404
    assert client.post(at("document_remove", CleanDocumentFactory().pk)).status_code == 404
    assert client.get(at("document_remove", document.pk)).url == at("documents")
    assert purposes(draft) == ["photo"]


# What the passport says


def read_passport(draft, **fields):
    hand_in(draft, "passport", fields=READING | fields)


def entry(draft, name):
    return draft.sheet.entries().get(name)


def test_before_a_passport_was_read_there_is_nothing_to_compare(client, at, draft):
    DocumentFactory(owner=draft.applicant, kind="passport")
    assert client.get(at("passport")).url == at("tasks")
    assert at("passport") not in text(client.get(at("tasks")))


def test_empty_answers_are_filled_in_once_the_person_confirms(client, at, draft):
    read_passport(draft)
    page = text(client.get(at("passport")))
    assert "Surname: AZAD" in page
    assert page.count("checked") == len(READING) - 1  # all but the lines themselves
    assert not draft.sheet.entries()
    fill = ["name-surname", "passport-number", "birth-on", "nationality-current"]
    assert client.post(at("passport"), {"fill": fill}).url == at("tasks")
    assert entry(draft, "name.surname") == Entry("AZAD", source=Source.PASSPORT)
    assert entry(draft, "birth.on") == Entry(dt.date(1990, 5, 17), source=Source.PASSPORT)
    assert entry(draft, "person.sex") is None


def test_a_difference_is_shown_side_by_side(client, at, draft):
    answer(draft, tourist() | {"passport.number": "N7654321", "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft)
    assert at("passport") in text(client.get(at("tasks")))
    assert at("passport") in text(client.get(at("check")))
    page = text(client.get(at("passport")))
    assert "Which is right?" in page
    assert "N1234567" in page
    assert "N7654321" in page
    assert "name-surname" not in page


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [
        ("passport", Entry("N1234567", source=Source.PASSPORT)),
        ("mine", Entry("N7654321", source=Source.CONFIRMED)),
    ],
)
def test_the_person_says_which_is_right_and_is_not_asked_again(client, at, draft, chosen, saved):
    answer(draft, tourist() | {"passport.number": "N7654321", "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft)
    client.post(at("passport"), {"passport-number": chosen})
    assert entry(draft, "passport.number") == saved
    assert at("passport") not in text(client.get(at("tasks")))


def test_nothing_chosen_is_told(client, at, draft):
    answer(draft, tourist() | {"passport.number": "N7654321", "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft)
    page = text(client.post(at("passport"), {"x": "y"}))
    assert "Select which is right: Passport number" in page


@pytest.mark.parametrize(
    ("typed", "read"),
    [("O'Connor-Müller", "OCONNOR MUELLER"), ("García", "GARCIA"), ("azad", "AZAD")],
)
def test_a_name_as_the_machine_writes_it_is_the_same_name(client, at, draft, typed, read):
    answer(draft, tourist() | {"name.surname": typed, "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft, surname=read)
    assert client.get(at("passport")).url == at("tasks")


def test_part_of_a_name_is_another_name_unless_the_zone_was_too_short(client, at, draft):
    answer(draft, tourist() | {"name.surname": "AZAD TEHRANI", "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft)
    assert "AZAD TEHRANI" in text(client.get(at("passport")))
    full = "P<QNRAZAD<<SHIRINDOKHTMAHINDOKHTMEHRBANU"
    draft.evidence.get().delete()
    read_passport(draft, lines=[full, READING["lines"][1]])
    assert client.get(at("passport")).url == at("tasks")


def test_another_passport_page_is_compared_anew(client, at, draft):
    answer(draft, tourist() | {"passport.number": "N7654321", "passport.expires_on": dt.date(2031, 5, 1)})
    read_passport(draft)
    client.post(at("passport"), {"passport-number": "mine"})
    send(client, at, "passport")
    assert entry(draft, "passport.number").source == Source.TYPED


def test_the_check_says_which_answers_came_from_the_passport(client, at, draft):
    read_passport(draft)
    client.post(at("passport"), {"fill": ["name-surname"]})
    assert "(Read from the passport)" in text(client.get(at("check")))
