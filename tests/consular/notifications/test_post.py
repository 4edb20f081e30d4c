import re

import pytest
from django.conf import settings

from consular.notifications.actions import mail, post
from consular.notifications.models import Delivery, Message
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db

REFERENCE = "QV7KM3WFD2HX"


def tell(user, key="case:1:received"):
    return post("cases/received", to=user, key=key, case_reference=REFERENCE)


def test_a_message_is_kept_and_its_delivery_owed(applicant):
    message = tell(applicant)
    delivery = Delivery.objects.get()
    assert (message.to, message.subject) == (applicant, "We have received your application")
    assert (delivery.message, delivery.address, delivery.state) == (message, applicant.email, "owed")
    assert Effect.objects.get().payload == {"delivery_id": delivery.pk}


def test_the_same_thing_is_told_once(applicant):
    assert tell(applicant) == tell(applicant)
    assert Delivery.objects.count() == Effect.objects.count() == 1


def test_a_message_is_in_the_language_of_its_reader_and_stays_in_it(applicant):
    applicant.language = "fa"
    message = tell(applicant)
    applicant.language = "en"
    assert message.language == "fa"
    assert message.is_right_to_left
    assert f"{settings.SITE_URL}/fa/my/" in message.body


def test_a_link_in_a_message_is_absolute(applicant):
    assert f"{settings.SITE_URL}/en/my/QV7K-M3WF-D2HX/" in tell(applicant).body


def test_a_reference_keeps_its_order_inside_right_to_left_text(applicant):
    applicant.language = "fa"
    assert "\u2066QV7K-M3WF-D2HX\u2069" in tell(applicant).body


def test_a_name_with_an_apostrophe_stays_as_it_is(applicant):
    message = post(
        "cases/question",
        to=applicant,
        key="q",
        case_reference=REFERENCE,
        items="- O'Brien & <b>",
        answer_by="1 May",
    )
    assert "O'Brien & <b>" in message.body


def test_a_message_has_no_runs_of_blank_lines(applicant):
    assert not re.search(r"\n{3}", tell(applicant).body)


def test_the_message_id_says_nothing_and_is_the_same_for_the_same_meaning(applicant):
    tell(applicant)
    first = Delivery.objects.get().header_id
    Message.objects.all().delete()
    tell(applicant)
    assert Delivery.objects.get().header_id == first
    assert re.fullmatch(r"<[0-9a-f]{64}@[\w.-]+>", first)


def test_what_is_rolled_back_is_not_told(applicant):
    from django.db import transaction

    with transaction.atomic():
        tell(applicant)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_an_account_mail_is_not_in_the_inbox(applicant):
    message = mail(
        "account/login_code", address=applicant.email, language="en", context={"code": "1234-5678"}
    )
    assert "1234-5678" in message.body
    assert not message.in_inbox
    assert not Message.objects.inbox_of(applicant).exists()


def test_an_inbox_is_its_owners_newest_first(applicant, stranger):
    first, second = tell(applicant, "one"), tell(applicant, "two")
    tell(stranger, "three")
    assert list(Message.objects.inbox_of(applicant)) == [second, first]


def test_reading_is_noted_once(applicant):
    from consular.notifications.actions import read

    message = tell(applicant)
    read(message)
    first = Message.objects.get().read_at
    read(Message.objects.get())
    assert Message.objects.get().read_at == first
    assert not Message.objects.inbox_of(applicant).unread().exists()
