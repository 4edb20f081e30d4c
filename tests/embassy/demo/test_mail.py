from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from consular.notifications.actions import deliver, post
from consular.notifications.models import Delivery
from embassy.demo.mailbox import letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_goes_into_files(settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def send(user, key: str) -> None:
    post("cases/received", to=user, key=key, case_reference="QV7KM3WFD2HX")
    deliver(Delivery.objects.get(message__key=key).pk)


def test_an_empty_mailbox_says_so(client):
    assert "There are none yet." in client.get(reverse("demo:mail_list")).content.decode()


def test_what_would_have_been_sent_can_be_read(client, applicant):
    send(applicant, "one")
    (letter,) = letters()
    assert "We have received your application" in client.get(reverse("demo:mail_list")).content.decode()
    text = client.get(reverse("demo:mail_detail", args=[letter.name])).content.decode()
    assert "QV7K-M3WF-D2HX" in text
    assert '<a dir="ltr" href="http' in text


def test_a_persian_letter_reads_from_the_right(client, applicant):
    applicant.language = "fa"
    send(applicant, "one")
    (letter,) = letters()
    assert letter.language == "fa"
    assert 'dir="rtl"' in client.get(reverse("demo:mail_detail", args=[letter.name])).content.decode()
    assert '<html lang="fa" dir="rtl">' in letter.html


def test_a_letter_that_there_is_not_is_not_found(client):
    assert (
        client.get(reverse("demo:mail_detail", args=["../../etc/passwd".replace("/", "-")])).status_code
        == 404
    )


def test_several_letters_in_one_file_are_told_apart(applicant):
    with mail.get_connection() as connection:
        for subject in ("First", "Second"):
            mail.EmailMessage(subject, "text", to=[applicant.email], connection=connection).send()
    assert {letter.subject for letter in letters()} == {"First", "Second"}
