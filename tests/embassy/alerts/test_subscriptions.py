"""Subscribing without an account: links in letters, harmless clicks, nothing that tells who is subscribed."""

import re
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from embassy.alerts import actions, secrecy
from embassy.alerts.models import Subscriber
from embassy.alerts.tasks import forget_unconfirmed
from tests.factories.alerts import SubscriberFactory

pytestmark = pytest.mark.django_db

FORM = {
    "email": "shirin@example.org", "where": "some", "country_1": "QRO", "country_2": "", "country_3": "QNR",
    "kinds": ["crisis", "security"], "language": "fa",
}  # fmt: skip


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def send_form(path="/en/alerts/subscribe/", **changes):
    return Client().post(path, {**FORM, **changes})


def letter():
    pay_due()
    return mail.outbox[-1]


def token_in(message):
    return re.search(r"/(?:confirm|subscription|unsubscribe)/([\w-]{43})/", message.body)[1]


def subscribed(**changes):
    send_form(**changes)
    token = token_in(letter())
    Client().post(f"/fa/alerts/confirm/{token}/")
    return token


def test_a_reader_subscribes_and_confirms():
    answer = send_form()
    assert (answer.status_code, answer["Location"]) == (302, "/en/alerts/subscribe/sent/")
    subscriber = Subscriber.objects.get()
    assert (subscriber.countries, subscriber.kinds, subscriber.language) == (
        ["QRO", "QNR"],
        ["crisis", "security"],
        "fa",
    )
    assert subscriber.confirmed_at is None
    message = letter()
    assert message.to == ["shirin@example.org"]
    token = token_in(message)
    assert f"/fa/alerts/confirm/{token}/" in message.body
    Client().post(f"/fa/alerts/confirm/{token}/")
    subscriber.refresh_from_db()
    assert subscriber.confirmed_at


@pytest.mark.parametrize("page", ["subscribe", "subscription"])
def test_enter_presses_the_button_that_sends_the_form_and_adds_no_country(page, subscriber):
    token = secrecy.token_of(subscriber.public_id)
    address = f"/en/alerts/{page}/" if page == "subscribe" else f"/en/alerts/{page}/{token}/"
    form = Client().get(address).content.decode().split('<form method="post" novalidate>')[1]
    first, *others = re.findall(r"<button[^>]*>", form.split("</form>")[0])
    assert 'type="submit"' in first
    assert "name=" not in first
    assert 'tabindex="-1" aria-hidden="true"' in first
    assert any('name="more"' in each for each in others)


def test_a_mail_program_that_opens_links_confirms_and_ends_nothing():
    send_form()
    token = token_in(letter())
    assert Client().get(f"/fa/alerts/confirm/{token}/").status_code == 200
    assert Client().head(f"/fa/alerts/confirm/{token}/").status_code == 200
    assert Subscriber.objects.get().confirmed_at is None
    assert Client().get(f"/fa/alerts/unsubscribe/{token}/").status_code == 200
    assert Subscriber.objects.exists()


def test_clicking_twice_is_as_good_as_once():
    token = subscribed()
    first = Subscriber.objects.get().confirmed_at
    assert Client().post(f"/fa/alerts/confirm/{token}/").status_code == 302
    assert Subscriber.objects.get().confirmed_at == first
    for _ in range(2):
        answer = Client().post(f"/fa/alerts/unsubscribe/{token}/")
        assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert Client().get(f"/fa/alerts/unsubscribe/{token}/").status_code == 200


def test_mail_programs_unsubscribe_by_one_post_without_session_and_csrf(client, subscriber):
    token = secrecy.token_of(subscriber.public_id)
    answer = client.post(
        f"/en/alerts/unsubscribe/{token}/", "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_other_posts_need_the_csrf_token(client, subscriber):
    token = secrecy.token_of(subscriber.public_id)
    for page in ("subscribe", f"confirm/{token}", f"subscription/{token}"):
        assert client.post(f"/en/alerts/{page}/", FORM).status_code == 403


def test_the_answer_does_not_tell_whether_an_address_is_known(subscriber):
    known, unknown = (send_form(email=email) for email in ("Reader@example.org", "nobody@example.org"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Subscriber.objects.count() == 2
    subscriber.refresh_from_db()
    assert subscriber.language == "en"  # whoever typed the address changes nothing
    pay_due()
    assert sorted(message.to[0] for message in mail.outbox) == ["nobody@example.org", "reader@example.org"]
    known_letter = next(message for message in mail.outbox if message.to == ["reader@example.org"])
    assert "/subscription/" in known_letter.body


def test_asking_again_before_confirming_keeps_the_newest_choice():
    send_form()
    send_form(language="en", where="all")
    subscriber = Subscriber.objects.get()
    assert (subscriber.language, subscriber.countries, subscriber.asks) == ("en", [], 2)
    pay_due()
    assert len(mail.outbox) == 2


def test_an_address_gets_three_letters_an_hour_and_the_answer_stays_the_same():
    answers = [send_form() for _ in range(5)]
    assert {answer["Location"] for answer in answers} == {"/en/alerts/subscribe/sent/"}
    assert Effect.objects.filter(topic="alerts.invite").count() == 3


def test_an_address_gets_six_letters_a_day():
    for hour in range(9):
        with time_machine.travel(datetime(2026, 12, 1, hour, 30, tzinfo=UTC)):
            send_form()
    assert Effect.objects.filter(topic="alerts.invite").count() == 6


def test_a_network_asks_twenty_times_an_hour():
    answers = [send_form(email=f"person{n}@example.org").status_code for n in range(21)]
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 20, "a" * 10_000, "-_" * 21])
@pytest.mark.parametrize("page", ["confirm", "subscription", "unsubscribe"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_token_is_told_what_to_do(token, page, method):
    answer = getattr(Client(), method)(f"/en/alerts/{page}/{token}/")
    assert answer.status_code == 404
    assert "Open the link in our letter again" in answer.content.decode()


def test_a_token_with_a_nul_is_refused():
    assert Client().get("/en/alerts/confirm/a%00b/").status_code == 400


def test_the_database_gives_neither_addresses_nor_tokens_away(subscriber):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM alerts_subscriber s")
        kept = cursor.fetchone()[0]
    assert "example.org" not in kept
    assert secrecy.token_of(subscriber.public_id) not in kept
    assert secrecy.unseal(subscriber.address) == "reader@example.org"


def test_a_token_of_an_older_key_still_works(subscriber, settings):
    token = secrecy.token_of(subscriber.public_id)
    settings.FIELD_KEYS = ["a-new-key-that-is-long-enough-for-the-purpose-00", *settings.FIELD_KEYS]
    assert secrecy.read_token(token) == subscriber.public_id
    assert secrecy.token_of(subscriber.public_id) != token
    assert actions.subscribe.__wrapped__ is not None
    send_form(email="reader@example.org")
    assert Subscriber.objects.count() == 1


def test_the_subscriber_sees_and_changes_what_we_keep():
    token = subscribed()
    with override("fa"):
        page = Client().get(f"/fa/alerts/subscription/{token}/").content.decode()
    assert "shirin@example.org" in page
    changed = {"where": "all", "kinds": ["health"], "language": "es"}
    Client().post(f"/fa/alerts/subscription/{token}/", changed)
    subscriber = Subscriber.objects.get()
    assert (subscriber.countries, subscriber.kinds, subscriber.language) == ([], ["health"], "es")


def test_all_kinds_are_kept_as_none_so_that_new_kinds_come_along():
    from embassy.alerts.status import Kind

    send_form(kinds=list(Kind.values))
    assert Subscriber.objects.get().kinds == []


def test_one_more_box_for_a_country_needs_no_script():
    answer = send_form(more="yes")
    page = answer.content.decode()
    assert 'name="country_4"' in page
    assert "shirin@example.org" in page
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nonsense"}, {"email": "a\x00b@example.org"}, {"email": "a" * 10_000 + "@example.org"},
        {"email": "<script>@example.org"}, {"country_1": "XYZ"}, {"country_1": "QRO'; DROP TABLE"},
        {"where": "nowhere"}, {"where": "some", "country_1": "", "country_3": ""}, {"kinds": ["magic"]},
        {"kinds": []}, {"language": "tlh"}, {"language": "x" * 10_000}, {"country_1": "\x00"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_words_and_keeps_nothing(wrong):
    answer = send_form(**wrong)
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_a_letter_that_no_mailbox_takes_erases_the_address(monkeypatch):
    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"5.1.1 no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    send_form()
    pay_due()
    assert not Subscriber.objects.exists()


def test_unconfirmed_addresses_are_erased_after_seven_days(subscriber):
    SubscriberFactory(email="old@example.org", confirmed_at=None, asked_at=timezone.now() - timedelta(days=8))
    young = SubscriberFactory(
        email="y@example.org", confirmed_at=None, asked_at=timezone.now() - timedelta(days=6)
    )
    forget_unconfirmed()
    assert set(Subscriber.objects.all()) == {subscriber, young}


def test_nothing_personal_is_logged_or_owed(caplog):
    subscribed()
    assert "shirin" not in caplog.text
    assert not any("shirin" in str(effect.payload) + effect.key for effect in Effect.objects.all())
