"""The applicant downloads copies and has one checked; strangers find nothing."""

import hashlib
import json
from io import BytesIO, StringIO
from pathlib import Path

import jsonschema
import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override

from tests.factories.applications import submitted_application, tourist
from visas.applications.copies import versions
from visas.applications.copies_pdf import copy_pdf, direction

pytestmark = pytest.mark.django_db

SCHEMA = Path(__file__).resolve().parents[3] / "docs/formats/application-copy.schema.json"


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


@pytest.fixture
def address(application):
    """Return the address of a page: `address("copy_json", 1)`."""
    return lambda name, *arguments: reverse(f"applications:{name}", args=[application.pk, *arguments])


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(each.get_textpage().get_text_range() for each in document)
    finally:
        document.close()


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_the_pdf_is_tagged_and_in_the_readers_language(application, language):
    with pikepdf.open(BytesIO(copy_pdf(versions(application)[0], language=language))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked


def test_the_pdf_has_every_answer_and_the_check_value(application):
    printed = words(copy_pdf(versions(application)[0], language="en"))
    flat = printed.replace("\r", "").replace("\n", "")
    assert "Hotel Lantern" in printed
    assert "AZAD" in printed
    assert application.digest in flat


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 Harbour Street", "ltr"), ("۱ خیابان بندر", "rtl"), ("12", ""), ("", ""), ("א1", "rtl")],
)
def test_an_answer_reads_in_the_direction_of_its_first_letter(text, expected):
    assert direction(text) == expected


def test_the_pdf_asked_for_again_is_the_same(application):
    (version,) = versions(application)
    assert copy_pdf(version, language="fa") == copy_pdf(version, language="fa")


def test_the_json_is_the_very_bytes_of_the_digest(client, address, application):
    response = client.get(address("copy_json", 1))
    assert hashlib.sha256(response.content).hexdigest() == application.digest
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]


def test_the_json_is_as_documented(client, address):
    record = client.get(address("copy_json", 1)).json()
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert record["answers"]["name.surname"] == tourist()["name.surname"]


def test_the_page_shows_what_was_declared_and_leads_to_the_copies(client, address, application):
    response = client.get(address("given"))
    assert application.consents.get(question="declare.truth").text in response.content.decode()
    assert address("copy_pdf", 1) in response.content.decode()
    assert application.digest in response.content.decode()


def test_the_page_after_submitting_and_the_page_of_the_case_lead_there(client, address, application):
    for link in (address("submitted"), reverse("portal:case_detail", args=[application.case.reference])):
        assert address("given") in client.get(link).content.decode()


def check(client, address, content):
    return client.post(
        address("given"), {"copy": SimpleUploadedFile("answers.json", content)}
    ).content.decode()


def test_a_right_copy_is_said_to_be_right(client, address, application):
    assert "The copy is right" in check(client, address, versions(application)[0].content)


@pytest.mark.parametrize("content", [b"{}", b"\x00\xff", b"[" * 50_000])
def test_what_is_no_copy_is_told_so(client, address, content):
    html = check(client, address, content)
    assert "not a copy of what we hold" in html
    assert "The copy is right" not in html


def test_without_a_file_it_asks_for_one(client, address):
    assert "Choose a file" in client.post(address("given"), {}).content.decode()


@pytest.mark.parametrize(("name", "numbers"), [("given", []), ("copy_json", [1]), ("copy_pdf", [1])])
def test_a_stranger_finds_nothing(signed_in, stranger, address, name, numbers):
    assert signed_in(stranger).get(address(name, *numbers)).status_code == 404


def test_there_is_no_version_that_was_not_given(client, address):
    assert [client.get(address("copy_json", number)).status_code for number in (0, 2)] == [404, 404]


def test_a_draft_has_no_copies(client, at):
    assert client.get(at("given")).status_code == 404


def test_pdfs_are_drawn_so_often_and_no_more(client, address, monkeypatch):
    monkeypatch.setattr("visas.applications.copies_views.copy_pdf", lambda *_, **__: b"%PDF")
    states = [client.get(address("copy_pdf", 1)).status_code for _ in range(21)]
    assert states == [200] * 20 + [429]


def test_the_page_is_asked_for_in_persian(client, address):
    with override("fa"):
        response = client.get(reverse("applications:given", args=[address("given").split("/")[-3]]))
    assert 'dir="rtl"' in response.content.decode()


def test_the_command_knows_a_copy_from_a_changed_one(application, tmp_path):
    (version,) = versions(application)
    right, wrong, none = (tmp_path / name for name in ("right.json", "wrong.json", "none.json"))
    right.write_bytes(version.content)
    wrong.write_bytes(version.content.replace(b"AZAD", b"AZAR"))
    none.write_bytes(b"[]")
    out = StringIO()
    call_command("check_copy", str(right), stdout=out)
    assert application.digest in out.getvalue()
    for file, message in ((wrong, "not what was submitted"), (none, "names no application")):
        with pytest.raises(CommandError, match=message):
            call_command("check_copy", str(file))
