"""What readers see: the banner, the pages, the feeds; in their language, or in English and marked as such."""

import time
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from embassy.alerts import actions, book
from embassy.alerts.models import Alert
from embassy.alerts.status import Severity, Status
from tests.factories.alerts import PERSIAN, WORDS, AlertFactory, staff_who_may
from tests.factories.missions import MissionFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _site(db):
    MissionFactory()


def page(path, client=None):
    answer = (client or Client()).get(path)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def banner(text):
    return text.partition('<section class="alerts"')[2].partition("</section>")[0]


def test_the_banner_is_on_every_kind_of_page(alert, signed_in, applicant, duty):
    public = [
        page(path)
        for path in ("/en/", "/en/visas/", "/en/status/", "/en/alerts/subscribe/", "/en/account/login/")
    ]
    account = [page(path, signed_in(applicant)) for path in ("/en/my/", "/en/account/email/")]
    staff = [page(path, signed_in(duty)) for path in ("/en/staff/", "/en/staff/alerts/alert/")]
    for text in (*public, *account, *staff):
        assert WORDS["title"] in banner(text)


def test_the_banner_is_in_the_language_of_the_page(alert):
    assert PERSIAN["title"] in banner(page("/fa/alerts/"))
    french = banner(page("/fr/alerts/"))
    assert f'lang="en" dir="ltr">{WORDS["title"]}' in french


def test_a_banner_is_some_hundred_bytes_and_no_role_that_shouts(alert):
    found = banner(page("/en/"))
    assert len(found.encode()) < 700
    assert 'role="alert"' not in found
    assert 'aria-label="Alerts"' in found


def test_the_gravest_three_come_first_and_the_others_are_counted(alert):
    for severity in (Severity.MINOR, Severity.EXTREME, Severity.MODERATE, Severity.MINOR):
        AlertFactory(severity=severity, words={"en": {**WORDS, "title": f"It is {severity}"}})
    found = banner(page("/en/"))
    assert found.index("It is extreme") < found.index(WORDS["title"]) < found.index("It is moderate")
    assert "It is minor" not in found
    assert "All alerts, 2 more" in found


def test_approval_shows_at_once_here_and_the_end_of_its_time_too(duty, colleague, monkeypatch):
    assert banner(page("/en/")) == ""
    alert = AlertFactory(written_by=duty, approved_by=colleague)
    assert banner(page("/en/"))
    later = alert.ends_at + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert banner(page("/en/")) == ""


def test_another_process_looks_again_within_seconds(alert, monkeypatch):
    assert banner(page("/en/"))
    Alert.objects.filter(pk=alert.pk).update(
        status=Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_by=alert.written_by
    )
    assert banner(page("/en/"))  # this process has not heard of it
    ahead = time.monotonic() + book.KEPT_FOR + 1
    monkeypatch.setattr(time, "monotonic", lambda: ahead)
    assert banner(page("/en/")) == ""
    assert book.KEPT_FOR <= 10


def test_the_validator_of_public_pages_changes_with_the_banner(alert, duty):
    first = Client().get("/en/")["ETag"]
    actions.withdraw(alert, by=duty, seen=alert.version)
    assert Client().get("/en/")["ETag"] != first


def test_a_known_banner_asks_the_database_nothing(alert, django_assert_num_queries):
    book.current()
    with django_assert_num_queries(0):
        book.live(timezone.now())


def test_looking_again_is_two_queries_for_any_number(alert, django_assert_num_queries):
    AlertFactory.create_batch(3)
    with django_assert_num_queries(2):
        [each.text.title for each in book.current()]


def test_an_error_page_without_a_request_shows_what_was_known(alert, django_assert_num_queries):
    from django.template.loader import render_to_string

    book.current()
    with django_assert_num_queries(0):
        assert WORDS["title"] in render_to_string("500.html")


def test_an_alert_has_its_fixed_shape(alert):
    text = page(f"/en/alerts/{alert.reference}/")
    places = [
        text.index(f">{heading}</h2>")
        for heading in ("Location", "Event", "What to do", "Where to find help")
    ]
    assert places == sorted(places)
    assert "<li>Move to higher ground.</li>" in text.replace("\u2066", "").replace("\u2069", "")


def test_a_missing_language_reads_well_in_english_and_says_so(alert):
    text = page(f"/fr/alerts/{alert.reference}/")
    assert 'lang="en" dir="ltr"' in text
    assert "This alert is not translated into français yet." in text or "English" in text or "anglais" in text


def test_telephone_numbers_keep_their_order_in_persian(alert):
    assert "\u2066+44\xa01632\xa0960100\u2069" in page(f"/fa/alerts/{alert.reference}/")


def test_html_in_a_text_is_text(duty, colleague):
    evil = {part: f"<script>alert('{part}')</script> & <b>x</b>" for part in WORDS}
    alert = AlertFactory(written_by=duty, approved_by=colleague, words={"en": evil})
    for path in (f"/en/alerts/{alert.reference}/", "/en/alerts/", "/en/"):
        assert "<script>alert" not in page(path)
    feed = Client().get("/en/alerts/feed/").content.decode()
    assert "<script" not in feed
    ET.fromstring(feed)  # noqa: S314 - our own


def test_a_reader_of_the_old_address_is_led_to_the_correction(alert, duty, colleague):
    correction = actions.correct(alert, by=duty, seen=alert.version)
    correction = actions.hand_in(correction, by=duty, seen=correction.version)
    assert "has been corrected" not in page(f"/en/alerts/{alert.reference}/")
    actions.approve(correction, by=colleague, seen=correction.version)
    old, new = page(f"/en/alerts/{alert.reference}/"), page(f"/en/alerts/{correction.reference}/")
    assert "has been corrected" in old
    assert f'href="/en/alerts/{correction.reference}/">Read the correction' in old
    assert "History" in new
    assert f'href="/en/alerts/{alert.reference}/"' in new


def test_a_withdrawn_alert_keeps_its_page_and_says_so(alert, duty):
    actions.withdraw(alert, by=duty, seen=alert.version)
    assert "was withdrawn on" in page(f"/en/alerts/{alert.reference}/")
    assert banner(page("/en/")) == ""


@pytest.mark.parametrize("kind", ["draft", "future"])
def test_what_is_not_public_has_no_page(draft, duty, colleague, kind):
    future = AlertFactory(
        written_by=duty, approved_by=colleague, starts_at=timezone.now() + timedelta(hours=1)
    )
    reference = draft.reference if kind == "draft" else future.reference
    assert page(f"/en/alerts/{reference}/") == 404
    assert reference not in page("/en/alerts/")


@pytest.mark.parametrize(
    "path",
    ["2026-0/", "2026-99999/", "0000-1/", "2026-1'/", "2019/", "2099/", "99999/", "feed/nonsense/", "feed/XYZ/",
     "feed/crisis/XYZ/", "feed/magic/QRO/", "2026-1/%00/"],
)  # fmt: skip
def test_unknown_addresses_are_not_found(alert, path):
    assert Client().get(f"/en/alerts/{path}").status_code in {400, 404}


def test_past_alerts_are_listed_by_year(duty, colleague):
    now = timezone.now()
    for years in (0, 1):
        start = now - timedelta(days=3 + 365 * years)
        AlertFactory(
            written_by=duty, approved_by=colleague, starts_at=start, ends_at=start + timedelta(days=1),
            approved_at=start, words={"en": {**WORDS, "title": f"Floods {start.year}"}},
        )  # fmt: skip
    last_year = (now - timedelta(days=368)).year
    listed = page("/en/alerts/")
    assert f"Floods {(now - timedelta(days=3)).year}" in listed
    assert f"/en/alerts/{last_year}/" in listed
    assert f"Floods {last_year}" in page(f"/en/alerts/{last_year}/")


def test_the_list_costs_the_same_with_more_alerts(alert, django_assert_num_queries):
    page("/en/alerts/")
    old = {"starts_at": timezone.now() - timedelta(days=2), "ends_at": timezone.now() - timedelta(days=1)}
    for _ in range(5):
        AlertFactory(**old)
    book.current()
    page("/en/alerts/")
    with django_assert_num_queries(4):  # the edition, the years, past alerts, their texts
        page("/en/alerts/")


def test_a_feed_for_each_kind_and_country(alert, duty, colleague):
    AlertFactory(
        written_by=duty,
        approved_by=colleague,
        kind="health",
        countries=[],
        words={"en": {**WORDS, "title": "Measles"}},
    )
    titles = {
        path: [entry.text for entry in feed(path).iter(f"{ATOM}title")][1:]
        for path in ("", "crisis/", "health/", "QRO/", "QNR/", "health/QRO/", "crisis/qnr/")
    }
    assert titles == {
        "": ["Measles", WORDS["title"]], "crisis/": [WORDS["title"]], "health/": ["Measles"],
        "QRO/": ["Measles", WORDS["title"]], "QNR/": ["Measles"], "health/QRO/": ["Measles"], "crisis/qnr/": [],
    }  # fmt: skip


def feed(path, language="en"):
    answer = Client().get(f"/{language}/alerts/feed/{path}")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314 - our own


def test_a_feed_is_in_the_language_of_its_address(alert):
    assert PERSIAN["title"] in [title.text for title in feed("", "fa").iter(f"{ATOM}title")]


def test_an_unchanged_feed_is_not_sent_again(alert):
    etag = Client().get("/en/alerts/feed/")["ETag"]
    assert Client().get("/en/alerts/feed/", HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_the_bench_is_for_who_has_a_right(alert, signed_in, officer, applicant):
    paths = [
        "",
        f"{alert.pk}/change/",
        f"{alert.pk}/preview/fa/",
        f"{alert.pk}/send/",
        "add/",
        f"{alert.pk}/sending/",
    ]
    for person in (officer, applicant):
        client = signed_in(person)
        for path in paths:
            assert client.get(f"/en/staff/alerts/alert/{path}").status_code in {302, 403, 404}, path
        assert (
            client.post(
                f"/en/staff/alerts/alert/{alert.pk}/act/", {"act": "withdraw", "version": 1}
            ).status_code
            == 404
        )


FORM = {
    "kind": "crisis", "severity": "severe", "where": "some", "country_1": "QRO", "country_2": "", "country_3": "",
    "starts_time": "", "ends_time": "18:00", **WORDS,
}  # fmt: skip


def days_of(name, moment):
    return {
        f"{name}_day": moment.day,
        f"{name}_month": moment.month,
        f"{name}_year": moment.year,
        f"{name}_calendar": "gregorian",
    }


def write(client, **changes):
    form = {**FORM, **days_of("ends_on", timezone.now() + timedelta(days=2)), **changes}
    return client.post("/en/staff/alerts/alert/add/", form)


def test_a_duty_officer_writes_previews_and_hands_in(duty, signed_in):
    client = signed_in(duty)
    assert write(client).status_code == 302
    alert = Alert.objects.get()
    assert (alert.countries, alert.status) == (["QRO"], Status.DRAFT)
    assert (
        client.post(
            f"/en/staff/alerts/alert/{alert.pk}/text/fa/",
            {**PERSIAN, "assistance": "۱۱۲", "version": alert.version},
        ).status_code
        == 302
    )
    assert PERSIAN["title"] in page(f"/en/staff/alerts/alert/{alert.pk}/preview/fa/", client)
    assert 'lang="en" dir="ltr"' in page(f"/en/staff/alerts/alert/{alert.pk}/preview/ar/", client)
    alert.refresh_from_db()
    client.post(f"/en/staff/alerts/alert/{alert.pk}/act/", {"act": "hand_in", "version": alert.version})
    alert.refresh_from_db()
    assert alert.status == Status.REVIEW
    seen = page(f"/en/staff/alerts/alert/{alert.pk}/change/", client)
    assert "Approve and publish" not in seen
    assert "Nobody approves what they wrote themselves" in seen


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "magic"}, {"severity": ""}, {"country_1": "XYZ"}, {"title": "x" * 10_000}, {"title": "\x00"},
        {"event": "a\x00b"}, {"actions": ""}, {"ends_time": "25:99"}, {"ends_time": "\x00"}, {"starts_time": "soon"},
        {"ends_on_year": "2020"}, {"ends_on_year": "9999"}, {"ends_on_day": "31", "ends_on_month": "2"},
        {"ends_on_year": ""}, {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "1066"},
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_in_words(duty, signed_in, wrong):
    answer = write(signed_in(duty), **wrong)
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not Alert.objects.exists()


def test_the_second_officer_keeps_what_they_typed(draft, duty, colleague, signed_in):
    form = {**FORM, **days_of("ends_on", timezone.now() + timedelta(days=2)), "version": draft.version}
    path = f"/en/staff/alerts/alert/{draft.pk}/write/"
    assert signed_in(colleague).post(path, form).status_code == 302
    late = signed_in(duty).post(path, {**form, "title": "Mine"})
    assert "Somebody else has changed this alert meanwhile" in late.content.decode()
    assert 'value="Mine"' in late.content.decode()
    again = signed_in(duty).post(path, {**form, "title": "Mine"})
    assert again.status_code == 200  # an old version stays old, however often it is sent


def test_the_confirmation_says_exactly_what_goes_to_whom(alert, duty, signed_in):
    from tests.factories.alerts import SubscriberFactory

    SubscriberFactory.create_batch(2, language="fa", countries=["QRO"])
    SubscriberFactory(language="fr")
    text = page(f"/en/staff/alerts/alert/{alert.pk}/send/", signed_in(duty))
    assert "3 subscribers get this alert by email." in text
    assert PERSIAN["title"] in text
    assert "not translated: they get the English text" in text


def test_pressing_send_twice_leads_to_the_same_progress(alert, duty, signed_in):
    client = signed_in(duty)
    for _ in range(2):
        answer = client.post(f"/en/staff/alerts/alert/{alert.pk}/send/", {"version": alert.version})
        assert answer["Location"] == f"/en/staff/alerts/alert/{alert.pk}/sending/"
    text = page(f"/en/staff/alerts/alert/{alert.pk}/sending/", client)
    assert "The recipients are being written down." in text
    assert "data-poll-url" in text


@pytest.mark.parametrize(
    "path", ["999/change/", "x/change/", "1/delete/", "1/history/", "1/preview/tlh/", "1/text/en/"]
)
def test_pages_that_are_not_do_not_exist(duty, signed_in, path):
    assert signed_in(duty).get(f"/en/staff/alerts/alert/{path}").status_code == 404


def test_an_unknown_act_is_not_found(alert, duty, signed_in):
    client = signed_in(duty)
    assert (
        client.post(f"/en/staff/alerts/alert/{alert.pk}/act/", {"act": "explode", "version": "1"}).status_code
        == 404
    )
    for version in ("", "-1", "x", "9" * 40, "\x00"):
        client.post(f"/en/staff/alerts/alert/{alert.pk}/act/", {"act": "withdraw", "version": version})
    alert.refresh_from_db()
    assert alert.status == Status.APPROVED


def test_an_approver_without_the_right_to_write_finds_the_buttons(duty, signed_in):
    alert = actions.start(
        by=duty,
        facts={
            "kind": "crisis",
            "severity": "minor",
            "countries": [],
            "starts_at": timezone.now(),
            "ends_at": timezone.now() + timedelta(hours=5),
        },
        words=WORDS,
    )
    actions.hand_in(alert, by=duty, seen=alert.version)
    approver = staff_who_may("approve", email="approver@example.org")
    text = page(f"/en/staff/alerts/alert/{alert.pk}/change/", signed_in(approver))
    assert "Approve and publish" in text
    assert "Discard it" not in text


def test_words_are_written_in_their_own_direction_whatever_the_officer_reads(draft, duty, signed_in):
    text = page(f"/en/staff/alerts/alert/{draft.pk}/text/fa/", signed_in(duty))
    assert text.count('lang="fa" dir="rtl"') >= 5
    assert (
        page(f"/fa/staff/alerts/alert/{draft.pk}/write/", signed_in(duty)).count('lang="en" dir="ltr"') >= 5
    )
