"""How a document leaves the bench: as a stamped copy, or for a reason as it was handed in."""

import pytest
from django.core.files.storage import default_storage

from consular.audit.models import Entry
from consular.documents import actions
from tests.consular.desk.conftest import taken, url
from tests.factories.documents import photograph

pytestmark = pytest.mark.django_db

REASON = {"reason": "The border police ask for the chip's picture."}


def test_the_original_is_handed_over_for_a_reason_that_stands_among_the_notes(
    signed_in, officer, held, paper
):
    client = signed_in(officer)
    page = client.get(url("document_original", held, paper.pk))
    assert b"it carries no stamp" in page.content
    assert taken(client.post(url("document_original", held, paper.pk), REASON)) == photograph()
    note = held.notes.get()
    assert (note.author, REASON["reason"] in note.text) == (officer, True)
    entry = Entry.objects.get(verb="document.original_taken")
    assert entry.detail == {"sha256": paper.sha256, "reference": held.reference, "note": note.pk}


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_original(signed_in, officer, held, paper, reason):
    answer = signed_in(officer).post(url("document_original", held, paper.pk), {"reason": reason})
    assert (answer.status_code, b"Give your reason" in answer.content) == (200, True)
    assert not Entry.objects.filter(verb="document.original_taken").exists()


def test_who_only_looks_gets_copies_and_no_original(signed_in, auditor, held, paper):
    client = signed_in(auditor)
    assert taken(client.get(url("document_copy", held, paper.pk))).startswith(b"%PDF-")
    assert client.post(url("document_original", held, paper.pk), REASON).status_code == 302
    assert b"/original/" not in client.get(url("case_detail", held)).content
    assert not Entry.objects.filter(verb="document.original_taken").exists()


def test_a_file_that_is_not_to_be_had_leaves_no_note_and_no_entry(signed_in, officer, held, paper):
    default_storage.delete(paper.original.name)
    assert signed_in(officer).post(url("document_original", held, paper.pk), REASON).status_code == 404
    with default_storage.open(paper.original.name, "wb") as file:
        file.write(b"something else")
    answer = signed_in(officer).post(url("document_original", held, paper.pk), REASON)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert not held.notes.exists()
    assert not Entry.objects.filter(verb="document.original_taken").exists()


def test_what_was_erased_is_not_found_and_no_error(signed_in, officer, held, paper):
    actions.remove(paper, by=None)
    actions.erase(paper)
    client = signed_in(officer)
    assert client.get(url("document_page", held, paper.pk, 1)).status_code == 404
    assert client.get(url("document_copy", held, paper.pk)).status_code == 404
    assert client.post(url("document_original", held, paper.pk), REASON).status_code == 404
    assert client.get(url("case_detail", held)).status_code == 200
