"""To whom an alert goes, that it goes once, and what happens when a mail server refuses, fails or is away."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from embassy.alerts import actions, secrecy
from embassy.alerts.actions import RefusedError, deliver, sending as work
from embassy.alerts.models import Delivery, Sending, Subscriber
from embassy.alerts.refusals import is_gone
from embassy.alerts.status import DeliveryState, Obstacle
from tests.factories.alerts import PERSIAN, WORDS, AlertFactory, SubscriberFactory

pytestmark = pytest.mark.django_db


def send_now(alert, by):
    sending = actions.send(alert, by=by, seen=alert.version)
    pay_due()
    sending.refresh_from_db()
    return sending


def refuse_with(monkeypatch, errors):
    """Have the mail server raise for some addresses: address → error."""
    send_really = mail.EmailMessage.send

    def answer(self, fail_silently=False):
        if error := errors.get(self.to[0]):
            raise error
        return send_really(self, fail_silently)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", answer)


def rejected(address, code, text):
    return smtplib.SMTPRecipientsRefused({address: (code, text)})


def states():
    return dict(Delivery.objects.values_list("subscriber", "state"))


def test_everybody_concerned_gets_one_letter_in_their_language(alert, duty):
    SubscriberFactory(email="en@example.org")
    SubscriberFactory(email="fa@example.org", language="fa", countries=["QNR", "QRO"], kinds=["crisis"])
    SubscriberFactory(email="fr@example.org", language="fr")
    for other in ({"countries": ["QNR"]}, {"kinds": ["weather"]}, {"confirmed_at": None}):
        SubscriberFactory(**other)
    sending = send_now(alert, duty)
    assert sending.done_at
    letters = {message.to[0]: message for message in mail.outbox}
    assert set(letters) == {"en@example.org", "fa@example.org", "fr@example.org"}
    assert letters["en@example.org"].subject == "Crisis: " + WORDS["title"]
    assert PERSIAN["title"] in letters["fa@example.org"].body
    assert 'dir="rtl"' in letters["fa@example.org"].alternatives[0][0]
    assert WORDS["event"] in letters["fr@example.org"].body
    assert sending.counts()["sent"] == 3


def test_a_letter_offers_a_way_out_by_one_click(alert, duty, subscriber):
    send_now(alert, duty)
    (message,) = mail.outbox
    token = secrecy.token_of(subscriber.public_id)
    headers = message.message()
    assert headers["List-Unsubscribe"].startswith("<http")
    assert f"/en/alerts/unsubscribe/{token}/" in headers["List-Unsubscribe"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert token in message.body
    assert "0" * 43 not in message.body
    assert "reader@example.org" not in message.subject + message.body


def test_pressing_twice_sends_nothing_twice(alert, duty, subscriber):
    send_now(alert, duty)
    with pytest.raises(RefusedError) as refusal:
        actions.send(alert, by=duty, seen=alert.version)
    assert refusal.value.obstacle == Obstacle.SENT_ALREADY
    for effect in Effect.objects.all():
        Effect.objects.filter(pk=effect.pk).update(status="waiting", done_at=None, due_at=timezone.now())
    pay_due()
    assert len(mail.outbox) == 1


def test_recipients_are_written_down_in_chunks_and_once(alert, duty, monkeypatch):
    monkeypatch.setattr(work, "CHUNK", 3)
    SubscriberFactory.create_batch(8)
    sending = actions.send(alert, by=duty, seen=alert.version)
    assert work.gather_chunk(sending.pk, 1)
    assert Delivery.objects.count() == 3
    actions.gather(sending.pk, 1)
    actions.gather(sending.pk, 1)
    assert Delivery.objects.count() == 8
    assert Effect.objects.filter(topic="alerts.send").count() == work.LANES


def test_a_chunk_is_two_statements_however_many_it_holds(alert, duty, django_assert_num_queries):
    SubscriberFactory.create_batch(20)
    sending = actions.send(alert, by=duty, seen=alert.version)
    with django_assert_num_queries(6):  # savepoint twice, sending, alert, the INSERT, where it has got to
        work.gather_chunk(sending.pk, 1)


def test_batches_never_share_a_letter(alert, duty, monkeypatch):
    monkeypatch.setattr(deliver, "BATCH", 5)
    SubscriberFactory.create_batch(12)
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    batches = [deliver.claim(sending, f"1.{lane}.1") for lane in range(3)]
    assert [len(batch) for batch in batches] == [5, 5, 2]
    assert len(set().union(*batches)) == 12


def test_a_batch_that_died_takes_up_its_own_letters_again_and_no_others(alert, duty, monkeypatch):
    monkeypatch.setattr(deliver, "BATCH", 5)
    SubscriberFactory.create_batch(10)
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    deliver.claim(sending, "1.0.1")
    others = set(deliver.claim(sending, "1.1.1"))
    actions.drive(sending.pk, "1.0.1")
    assert len(mail.outbox) == 5
    assert set(Delivery.objects.filter(state="begun").values_list("pk", flat=True)) == others


def test_an_address_without_a_mailbox_is_erased(alert, duty, subscriber, monkeypatch):
    refuse_with(monkeypatch, {"reader@example.org": rejected("reader@example.org", 550, b"5.1.1 unknown")})
    sending = send_now(alert, duty)
    assert not Subscriber.objects.exists()
    assert (sending.counts()["refused"], bool(sending.done_at)) == (1, True)


def test_a_server_that_refuses_us_erases_nobody(alert, duty, subscriber, monkeypatch):
    refuse_with(monkeypatch, {"reader@example.org": rejected("reader@example.org", 550, b"5.7.1 blocked")})
    sending = send_now(alert, duty)
    assert Subscriber.objects.exists()
    assert sending.counts()["failed"] == 1


@pytest.mark.parametrize(
    ("code", "text", "gone"),
    [
        (550, b"5.1.1 no such user", True), (550, b"no such user", True), (553, b"bad name", True),
        (550, b"5.7.1 on a block list", False), (554, b"rejected", False), (450, b"4.2.0 greylisted", False),
        (552, b"5.2.2 mailbox full", False), (550, b"5.2.1 disabled", True),
    ],
)  # fmt: skip
def test_only_what_says_that_there_is_no_mailbox_counts_as_gone(code, text, gone):
    assert is_gone(code, text) is gone


def test_try_again_later_is_tried_again_later(alert, duty, subscriber, monkeypatch):
    errors = {"reader@example.org": rejected("reader@example.org", 450, b"4.2.0 greylisted")}
    refuse_with(monkeypatch, errors)
    sending = send_now(alert, duty)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, sending.done_at) == ("waiting", 1, None)
    assert delivery.due_at > timezone.now()
    errors.clear()
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(due_at=past)
    Effect.objects.open().update(due_at=past, available_at=past)
    pay_due()
    assert len(mail.outbox) == 1
    sending.refresh_from_db()
    assert sending.done_at


def test_after_many_tries_a_letter_has_failed_and_the_address_stays(alert, duty, subscriber, monkeypatch):
    refuse_with(monkeypatch, {"reader@example.org": rejected("reader@example.org", 450, b"4.2.0 busy")})
    monkeypatch.setattr(deliver, "MOST_ATTEMPTS", 1)
    sending = send_now(alert, duty)
    assert (sending.counts()["failed"], Subscriber.objects.count()) == (1, 1)


def test_a_server_that_is_away_counts_against_no_letter(alert, duty, subscriber, monkeypatch):
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    send_now(alert, duty)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    waiting = Effect.objects.open().filter(topic="alerts.send", key__endswith=".2").first()
    assert 20 < (waiting.available_at - timezone.now()).total_seconds() <= 30


def test_who_unsubscribes_meanwhile_gets_no_letter(alert, duty, subscriber):
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    actions.unsubscribe(subscriber.public_id)
    pay_due()
    sending.refresh_from_db()
    assert mail.outbox == []
    assert (sending.counts()["dropped"], bool(sending.done_at)) == (1, True)


@pytest.mark.parametrize("end", ["withdrawn", "over"])
def test_nothing_more_leaves_of_an_alert_that_holds_no_more(duty, colleague, subscriber, end, monkeypatch):
    alert = AlertFactory(written_by=duty, approved_by=colleague)
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    if end == "withdrawn":
        actions.withdraw(alert, by=duty, seen=alert.version)
    else:
        later = alert.ends_at + timedelta(seconds=1)
        monkeypatch.setattr(deliver.timezone, "now", lambda: later)
    actions.drive(sending.pk, "1.0.1")
    assert mail.outbox == []
    assert states() == {subscriber.pk: DeliveryState.DROPPED}


def test_stop_and_go_on(alert, duty, monkeypatch):
    SubscriberFactory.create_batch(4)
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    actions.stop(sending, by=duty)
    pay_due()
    assert mail.outbox == []
    actions.resume(sending, by=duty)
    actions.drive(sending.pk, "1.0.1")  # a late copy of the old run
    assert mail.outbox == []
    pay_due()
    sending.refresh_from_db()
    assert (len(mail.outbox), bool(sending.done_at)) == (4, True)


def test_stopped_in_the_middle_a_batch_puts_the_rest_back(alert, duty, monkeypatch):
    monkeypatch.setattr(deliver, "LOOK_EVERY", 1)
    SubscriberFactory.create_batch(4)
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    send_really = deliver.send_one

    def send_one_and_stop(*args):
        send_really(*args)
        actions.stop(sending, by=duty)

    monkeypatch.setattr(deliver, "send_one", send_one_and_stop)
    actions.drive(sending.pk, "1.0.1")
    assert sending.counts() | {} == {**dict.fromkeys(DeliveryState.values, 0), "sent": 1, "waiting": 3}


def test_a_sending_whose_work_has_died_goes_on_when_told_to(alert, duty, subscriber):
    sending = actions.send(alert, by=duty, seen=alert.version)
    actions.gather(sending.pk, 1)
    deliver.claim(sending, "1.0.1")
    Effect.objects.update(status="dead")
    assert work.is_stuck(sending)
    actions.resume(sending, by=duty)
    pay_due()
    assert len(mail.outbox) == 1


def test_without_the_right_nobody_sends_stops_or_goes_on(alert, duty, colleague):
    for act in (actions.stop, actions.resume):
        sending = Sending(alert=alert, started_by=duty)
        with pytest.raises(RefusedError):
            act(sending, by=colleague)
    with pytest.raises(RefusedError):
        actions.send(alert, by=colleague, seen=alert.version)


def test_nothing_personal_is_logged_or_owed(alert, duty, subscriber, monkeypatch, caplog):
    refuse_with(
        monkeypatch, {"reader@example.org": rejected("reader@example.org", 450, b"reader@example.org busy")}
    )
    send_now(alert, duty)
    assert "reader@" not in caplog.text
    assert "reader@" not in str(list(Effect.objects.values_list("payload", "key", "last_error")))
    assert "reader@" not in Delivery.objects.get().last_error


def test_an_alert_that_does_not_hold_is_not_sent(duty, colleague):
    alert = AlertFactory(
        written_by=duty, approved_by=colleague, starts_at=timezone.now() + timedelta(hours=1)
    )
    with pytest.raises(RefusedError) as refusal:
        actions.send(alert, by=duty, seen=alert.version)
    assert refusal.value.obstacle == Obstacle.NOT_NOW
