from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from tests.factories.applications import submitted_application
from visas.applications.papers import receipt_context, receipt_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_a_receipt_is_one_tagged_page_in_the_readers_language(application, language):
    with pikepdf.open(BytesIO(receipt_pdf(application, language=language))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1


def test_a_receipt_names_the_reference_as_it_is_read_out(application):
    assert application.case.spaced_reference in words(receipt_pdf(application, language="en"))


def test_a_receipt_says_the_fee_that_the_application_showed(application):
    context = receipt_context(application)
    assert context["fee"].amount == 60


def test_the_applicant_downloads_it_and_a_stranger_finds_no_such_page(
    signed_in, applicant, stranger, application
):
    page = reverse("applications:receipt", args=[application.pk])
    response = signed_in(applicant).get(page)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert signed_in(stranger).get(page).status_code == 404


def test_a_receipt_says_by_which_value_a_copy_is_checked(application):
    printed = words(receipt_pdf(application, language="fa")).replace("\r", "").replace("\n", "")
    assert application.digest in printed
