import pytest
from django.urls import reverse

from consular.audit.models import Entry


@pytest.fixture
def address(evisa):
    return reverse("issuance:evisa_download", args=[evisa.number])


def test_the_applicant_downloads_the_paper_and_it_is_recorded(signed_in, applicant, address, evisa):
    response = signed_in(applicant, second_factor=False).get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert Entry.objects.about(evisa).filter(verb="evisa.downloaded", actor=applicant).exists()


def test_to_a_stranger_there_is_no_such_page(signed_in, stranger, head, address):
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(head).get(address).status_code == 404


def test_anonymous_goes_to_sign_in(client, address):
    assert client.get(address).status_code == 302


def test_a_revoked_visa_is_not_handed_out(signed_in, applicant, address, revoked):
    assert signed_in(applicant).get(address).status_code == 404


def test_posting_is_refused(signed_in, applicant, address):
    assert signed_in(applicant).post(address).status_code == 405
