"""The form for uploads, and how much of a request is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from consular.documents import explain
from consular.documents.forms import UploadForm
from consular.documents.models import Document
from tests.consular.documents import files
from tests.factories.documents import (
    CleanDocumentFactory,
    DocumentFactory,
    RefusedDocumentFactory,
    photograph,
    upload,
)


def form(*uploads, kind="supporting"):
    return UploadForm({}, MultiValueDict({"file": list(uploads)}), kind=kind)


def test_without_a_file_the_form_asks_for_one():
    for empty in (form(), form(kind="photo")):
        assert not empty.is_valid()
        assert list(empty.errors) == ["file"]


@pytest.mark.django_db
def test_one_file_becomes_one_document(applicant):
    filled = form(upload(photograph(), "me.jpg"), kind="photo")
    assert filled.is_valid()
    [document] = filled.store(owner=applicant)
    assert (document.kind, document.filename, filled.errors) == ("photo", "me.jpg", {})


@pytest.mark.django_db
def test_of_several_files_the_good_ones_are_kept_and_each_bad_one_is_named(applicant):
    filled = form(
        upload(photograph(), "good.jpg"), upload(files.exe(), "../bad.pdf"), upload(b"", "empty.pdf")
    )
    assert filled.is_valid()
    assert [document.filename for document in filled.store(owner=applicant)] == ["good.jpg"]
    bad, empty = filled.errors["file"]
    assert bad.startswith("bad.pdf: This is not a picture")
    assert empty.startswith("empty.pdf: This file is empty")


@pytest.mark.django_db
def test_one_bad_file_gets_its_message_without_its_name(applicant):
    filled = form(upload(files.exe(), "100%s.pdf"), kind="passport")
    assert filled.is_valid()
    assert filled.store(owner=applicant) == []
    assert filled.errors["file"] == [str(explain.REFUSALS["not_accepted"])]


@pytest.mark.django_db
def test_a_percent_sign_in_a_name_harms_nobody(applicant):
    filled = form(upload(b"", "100%s.pdf"), upload(b"", "%(name)s.pdf"))
    assert filled.is_valid()
    assert filled.store(owner=applicant) == []
    assert filled.errors["file"][0].startswith("100%s.pdf: ")


def test_the_limits_are_said_before_the_upload_in_numbers():
    with override("en"):
        html = str(UploadForm(kind="supporting"))
    assert "at most 30 pages, at most 10 MB." in html
    assert " multiple" in html
    photo = str(UploadForm(kind="photo"))
    assert " multiple" not in photo
    assert ".pdf" not in photo
    assert "capture" not in photo


# How a request is read


@pytest.fixture
def post():
    """Return a function that makes a request uploading `contents`; its body may be cut off."""
    made = []

    def request_with(*contents, cut=None):
        data = {"csrf": "x", "file": [SimpleUploadedFile("big.pdf", content) for content in contents]}
        body = encode_multipart(BOUNDARY, data)
        request = RequestFactory().generic("POST", "/", body[:cut], content_type=MULTIPART_CONTENT)
        request.META["CONTENT_LENGTH"] = str(len(body))
        made.append(request)
        return request

    yield request_with
    for request in made:
        request.close()


def test_a_file_within_the_limit_arrives_whole(post):
    content = photograph() * 100
    [arrived] = post(content).FILES.getlist("file")
    assert (arrived.size, arrived.read(), arrived.name) == (len(content), content, "big.pdf")


def test_a_file_of_40_megabytes_is_read_to_its_end_kept_to_the_limit_and_told_in_numbers(
    settings, post, applicant
):
    settings.DOCUMENT_MAX_BYTES = 1_000_000
    request = post(b"%PDF-1.7" + bytes(4_020_000))
    [arrived] = request.FILES.getlist("file")
    assert arrived.size == 4_020_008
    assert len(arrived.read()) == 1_000_000
    filled = UploadForm({}, request.FILES, kind="supporting")
    assert filled.is_valid()
    assert filled.store(owner=applicant) == []
    assert filled.errors["file"][0].startswith("This file is 4.1 MB. The most we can take is 1 MB.")


def test_a_request_without_end_is_not_read_to_its_end(settings, post):
    settings.DOCUMENT_MAX_BYTES, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1_000, 2
    request = post(bytes(1_000_000))
    assert request.FILES.getlist("file") == []
    assert not UploadForm({}, request.FILES, kind="photo").is_valid()
    assert request._stream.read(1)


def test_an_upload_that_is_cut_off_is_no_file(post):
    assert post(photograph() * 100, cut=5_000).FILES.getlist("file") == []


def test_a_large_file_waits_on_disk_without_a_name(settings, post):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    [arrived] = post(bytes(100_000)).FILES.getlist("file")
    assert not isinstance(arrived.file.name, str)
    assert arrived.file._rolled


# The component


def component(document, **context):
    return render_to_string("components/document.html", {"document": document, **context})


@pytest.mark.django_db
def test_while_a_document_waits_its_component_asks_again_by_script_or_by_a_link(applicant):
    html = component(DocumentFactory(owner=applicant, filename="<b>bank</b>.pdf"))
    assert "&lt;b&gt;bank&lt;/b&gt;.pdf" in html
    assert 'data-poll-url="/en/documents/' in html
    assert 'href=""' in html
    assert "<img" not in html
    assert "<form" not in html


@pytest.mark.django_db
def test_a_clean_document_shows_its_pages_and_can_be_removed(applicant):
    document = CleanDocumentFactory(owner=applicant, pages=2, findings=[{"code": "pdf_repaired"}])
    html = component(document, remove_url="/gone/", csrf_token="token-of-the-form")
    assert "data-poll-url" not in html
    assert f'src="/en/documents/{document.pk}/pages/1/small/"' in html
    assert f'href="/en/documents/{document.pk}/pages/2/"' in html
    assert "Check that every page is here." in html
    assert 'action="/gone/"' in html
    assert "token-of-the-form" in html


@pytest.mark.django_db
def test_a_refused_document_says_why_and_what_to_do(applicant):
    html = component(RefusedDocumentFactory(owner=applicant))
    assert "Cannot be used" in html
    assert "Take the photograph again" in html
    assert "<img" not in html


@pytest.mark.django_db
def test_a_component_asks_the_database_nothing_once_the_pages_are_there(applicant, django_assert_num_queries):
    CleanDocumentFactory(owner=applicant)
    CleanDocumentFactory(owner=applicant, pages=3)
    with django_assert_num_queries(2):
        for document in Document.objects.of(applicant).prefetch_related("pages"):
            component(document)
