import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from consular.notifications.actions import deliver, mail, post
from consular.notifications.models import Delivery, Message
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(applicant):
    post("cases/received", to=applicant, key="case:1:received", case_reference="QV7KM3WFD2HX")
    return Delivery.objects.get()


@pytest.fixture
def server(monkeypatch):
    """Return a function that makes the mail server answer with an error."""

    def answer(error):
        def refuse(*args, **options):
            raise error

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    return answer


def test_a_delivery_is_sent_once(delivery):
    deliver(delivery.pk)
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("sent", 1)
    assert delivery.sent_at
    assert len(outbox.outbox) == 1


def test_the_email_is_text_and_html_and_says_that_a_machine_wrote_it(delivery):
    deliver(delivery.pk)
    (email,) = outbox.outbox
    html, kind = email.alternatives[0]
    assert email.to == ["applicant@example.org"]
    assert email.extra_headers["Message-ID"] == delivery.header_id
    assert email.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "QV7K-M3WF-D2HX" in email.body
    assert "QV7K-M3WF-D2HX" not in email.subject
    assert kind == "text/html"
    assert '<html lang="en" dir="ltr">' in html
    assert "<img" not in html


def test_a_persian_email_reads_from_the_right(applicant):
    applicant.language = "fa"
    post("cases/received", to=applicant, key="fa", case_reference="QV7KM3WFD2HX")
    deliver(Delivery.objects.get().pk)
    assert '<html lang="fa" dir="rtl">' in outbox.outbox[0].alternatives[0][0]


def test_html_of_a_message_is_escaped(applicant):
    post(
        "cases/question",
        to=applicant,
        key="q",
        case_reference="QV7KM3WFD2HX",
        items="<script>",
        answer_by="1 May",
    )
    deliver(Delivery.objects.get().pk)
    (email,) = outbox.outbox
    assert "<script>" in email.body
    assert "<script>" not in email.alternatives[0][0]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPRecipientsRefused({"applicant@example.org": (451, b"try later")}),
        smtplib.SMTPDataError(452, b"full"),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPSenderRefused(550, b"no", "no-reply@embassy.example.org"),
        TimeoutError(),
        ConnectionRefusedError(),
    ],
)
def test_a_passing_error_is_raised_for_a_later_attempt(delivery, server, error):
    server(error)
    with pytest.raises(type(error)):
        deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("owed", 1)
    assert delivery.last_error.startswith(type(error).__name__)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (
            smtplib.SMTPRecipientsRefused({"applicant@example.org": (550, b"no such user")}),
            "SMTPRecipientsRefused 550",
        ),
        (smtplib.SMTPDataError(554, b"refused"), "SMTPDataError 554"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), "UnicodeEncodeError"),
    ],
)
def test_a_final_error_fails_the_delivery(delivery, server, error, name):
    server(error)
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("failed", name)


def test_an_error_never_keeps_an_address(delivery, server):
    server(smtplib.SMTPRecipientsRefused({"applicant@example.org": (550, b"applicant@example.org unknown")}))
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert "applicant" not in delivery.last_error


def test_a_delivery_that_is_gone_is_no_error():
    deliver(0)


def test_a_code_is_forgotten_once_it_is_sent(applicant):
    mail("account/login_code", address=applicant.email, language="en", context={"code": "1234-5678"})
    deliver(Delivery.objects.get().pk)
    assert "1234-5678" in outbox.outbox[0].body
    assert Message.objects.get().body == ""


def test_a_code_that_is_no_longer_valid_is_not_sent(applicant):
    mail(
        "account/login_code",
        address=applicant.email,
        language="en",
        context={"code": "1"},
        within=timedelta(minutes=10),
    )
    Delivery.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    deliver(Delivery.objects.get().pk)
    assert outbox.outbox == []
    assert Delivery.objects.get().last_error == "too late"
    assert Message.objects.get().body == ""


def test_the_owed_effect_delivers(delivery):
    pay_due()
    assert Effect.objects.get().status == "done"
    assert len(outbox.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_email(delivery, monkeypatch):
    started = threading.Barrier(2)

    def work() -> None:
        started.wait()
        try:
            deliver(delivery.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(outbox.outbox) == 1
