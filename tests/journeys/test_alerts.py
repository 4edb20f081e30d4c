"""A reader subscribes and unsubscribes; one officer writes an alert, another approves it, and it reaches everybody."""

import re
from datetime import timedelta
from email.utils import parseaddr
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from embassy.alerts.models import Alert, Subscriber
from tests.factories.alerts import PERSIAN, WORDS
from tests.journeys.steps import staff_signs_in, type_date

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

READER = "reader@example.org"


def in_letter(letter, page):
    """Return the path of a page that a letter leads to: the worker's idea of the host is not the browser's."""
    body = letter.get_body(("plain",)).get_content()
    return urlsplit(re.search(rf"\S+/alerts/{page}/\S+", body)[0]).path


def subscribes(visitor, mailbox):
    visitor.go("alerts:subscribe")
    visitor.picture("subscribe")
    visitor.fill(email=READER)
    visitor.choose(where="some")
    visitor.select(country_1="QRO")
    visitor.press("Add another country")
    visitor.select(country_2="QNR")
    visitor.press("Send me the letter")
    visitor.picture("subscribe-sent")
    assert not Subscriber.objects.get().confirmed_at
    visitor.visit(visitor.site + in_letter(mailbox(READER)[-1], "confirm"))
    visitor.picture("confirm")
    visitor.press("Yes, send me alerts")
    visitor.picture("subscription")
    assert Subscriber.objects.get().countries == ["QRO", "QNR"]


def writes(visitor):
    visitor.go("admin:alerts_alert_add")
    visitor.select(kind="crisis", severity="extreme")
    visitor.choose(where="some")
    visitor.select(country_1="QRO")
    type_date(visitor, "ends_on", timezone.localdate() + timedelta(days=3))
    visitor.fill(**WORDS)
    visitor.picture("bench-write")
    visitor.press("Save the draft")
    visitor.page.locator('a[href$="/text/fa/"]').click()
    visitor.look()
    visitor.fill(**PERSIAN)
    visitor.picture("bench-text")
    visitor.press("Save the text")
    visitor.press("Hand in for approval")
    visitor.picture("bench-detail")


def approves(visitor, alert):
    visitor.go("admin:alerts_alert_change", alert.pk)
    visitor.press("Approve and publish")


def sends(visitor, alert):
    visitor.go("admin:alerts_alert_change", alert.pk)
    visitor.follow("Send to subscribers")
    visitor.picture("bench-send")
    assert visitor.sees("One subscriber gets this alert by email.")
    visitor.press("Send it to one subscriber")
    expect(visitor.page.get_by_text("Done on")).to_be_visible(timeout=30_000)
    visitor.picture("bench-sending")


def unsubscribes_in_the_mail_program(letter, site):
    """Press the mail program's own button: a POST without cookies (RFC 8058)."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(letter["List-Unsubscribe"].strip(" <>")).path
    server = urlsplit(site).netloc.replace("localhost", "127.0.0.1")
    for _ in range(2):
        line = HTTPConnection(server)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", path, b"List-Unsubscribe=One-Click", form)
        assert line.getresponse().status == 200
        line.close()


@pytest.fixture(autouse=True)
def _no_letters_were_asked_for_before():
    """Forget the limits: the database of an earlier run may have reached them."""
    cache.clear()


def test_an_alert_reaches_its_reader_in_persian(visitor, mailbox, settled):
    reader = visitor("fa", javascript=False)
    subscribes(reader, mailbox)
    duty, approver = visitor(width=1280, height=800), visitor(width=1280, height=800)
    staff_signs_in(duty, "duty@velmaris.example.org")
    writes(duty)
    alert = Alert.objects.get()
    assert not duty.page.get_by_role("button", name="Approve and publish").count()
    staff_signs_in(approver, "approver@velmaris.example.org")
    approves(approver, alert)
    for page in ("website:home", "portal:status", "account_login", "alerts:list"):
        reader.go(page)
        assert reader.sees(PERSIAN["title"]), page
    reader.follow(PERSIAN["title"])
    reader.picture("alert")
    duty.go("admin:index")
    assert duty.sees(WORDS["title"])
    sends(duty, alert)
    settled()
    letter = mailbox(READER)[-1]
    assert parseaddr(letter["To"])[1] == READER
    assert PERSIAN["title"] in letter["Subject"]
    assert PERSIAN["event"] in letter.get_body(("plain",)).get_content()
    unsubscribes_in_the_mail_program(letter, reader.site)
    assert not Subscriber.objects.exists()
    reader.visit(reader.site + in_letter(letter, "unsubscribe"))
    assert reader.sees(reader.says("You are unsubscribed"))
