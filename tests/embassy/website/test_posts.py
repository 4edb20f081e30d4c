"""Posts: open or not, until when, their days off; in every language, and right at every minute."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from consular.missions.models import Closure, Holiday, Mission, OpeningHours
from embassy.website.posts import Post, offset

CODES = ["virtual-naruvia", "port-sabel", "dorun", "interests-section"]
PORT = "posts/port-sabel/"


def text(response):
    """Return what the page says, without tags and isolates."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", words))


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=UTC), tick=False)


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
@pytest.mark.parametrize("code", CODES)
def test_every_post_has_a_page_in_every_language(site, language, code):
    page = site.get(f"/{language}/posts/{code}/")
    assert page.status_code == 200
    assert Mission.objects.get(code=code).name[language] in page.content.decode()


@pytest.mark.parametrize("path", ["posts/", *(f"posts/{code}/" for code in CODES)])
def test_a_page_is_small_and_costs_one_query(site, path, django_assert_num_queries):
    packed = site.get(f"/fa/{path}", headers={"Accept-Encoding": "gzip"})
    assert len(packed.content) <= 6000
    with django_assert_num_queries(1):
        site.get(f"/fa/{path}")


def test_all_data_of_the_demonstration_is_in_five_languages(site):
    for mission in Mission.objects.with_times():
        words = [mission.name, mission.address, mission.directions, mission.hours_note, mission.access]
        words += [mission.on_site_rules, mission.payment]
        words += [each.name for each in (*mission.holidays.all(), *mission.seasons.all())]
        words += [each.reason for each in (*mission.closures.all(), *mission.arrangements.all())]
        assert all(set(each) == {"en", "fa", "ar", "fr", "es"} for each in words), mission.code


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ((2026, 11, 24, 9), "Open now. Closes at 15:30 local time (UTC)."),
        (
            (2026, 11, 24, 15, 30),
            "Closed now. Opens on Wednesday, 25 November 2026 at 08:30 local time (UTC).",
        ),
        ((2026, 11, 25, 3), "Closed now. Opens today at 08:30 local time (UTC)."),
        ((2026, 5, 6, 14, 29), "Open now. Closes at 15:30 local time (UTC+1)."),
        ((2026, 5, 6, 14, 30), "Closed now. Opens on Thursday, 7 May 2026 at 08:30 local time (UTC+1)."),
        ((2027, 7, 7, 12, 29), "Open now. Closes at 13:30 local time (UTC+1)."),
    ],
)
def test_it_says_whether_the_post_is_open_in_the_posts_own_time(site, moment, state):
    with at(*moment):
        assert state in text(site.get(f"/en/{PORT}"))
        assert state in text(site.get("/en/posts/"))


def test_on_a_holiday_it_says_which_and_when_it_opens_again(site):
    with at(2026, 12, 2, 10):
        page = text(site.get(f"/en/{PORT}"))
    assert "Closed now. Opens on Thursday, 3 December 2026 at 08:30 local time (UTC). National Day" in page


def test_a_closure_shows_its_reason(site):
    with at(2026, 12, 13, 7):
        page = text(site.get("/en/posts/dorun/"))
    assert "Opens on Tuesday, 15 December 2026 at 09:00 local time (UTC+4). The windows move" in page
    assert "13 December 2026 to 14 December 2026" in page


def test_an_opening_that_ends_on_another_day_names_the_day(site):
    dorun = Mission.objects.get(code="dorun")
    OpeningHours.objects.create(mission=dorun, weekday=1, opens=time(20), closes=time(0))
    OpeningHours.objects.create(mission=dorun, weekday=2, opens=time(0), closes=time(2))
    with at(2026, 11, 24, 18):
        page = text(site.get("/en/posts/dorun/"))
    assert "Open now. Closes on Wednesday, 25 November 2026 at 02:00" in page
    assert "20:00 to midnight" in page


def test_a_post_without_hours_says_nothing_about_them(site):
    OpeningHours.objects.filter(mission__code="dorun").delete()
    page = text(site.get("/en/posts/dorun/"))
    assert "Closed now" not in page
    assert "Opening hours" not in page


def test_a_week_begins_after_the_weekend_and_joins_days_alike(site):
    assert "Sunday to Thursday 09:00 to 12:30, 13:30 to 15:00 Friday and Saturday Closed" in text(
        site.get("/en/posts/dorun/")
    )
    assert "Tuesday 10:00 to 13:00 Wednesday Closed" in text(site.get("/en/posts/interests-section/"))


def test_hours_of_a_service_and_of_a_coming_season_are_shown(site):
    page = text(site.get(f"/en/{PORT}"))
    assert "Visas Monday to Friday 08:30 to 12:00" in page
    assert "Summer hours: 1 July 2027 to 31 August 2027" in page
    assert "UTC now, as in Lisbon" in page


def test_persian_pages_have_persian_digits_names_and_both_calendars(site):
    page = text(site.get(f"/fa/{PORT}"))
    assert "۱۱ آذر ۱۴۰۵ (۲ دسامبر ۲۰۲۶)" in page
    assert "روز ملی ولماریس" in page
    assert "۰۸:۳۰" in page


def test_past_holidays_and_those_after_a_year_are_not_shown(site):
    port = Mission.objects.get(code="port-sabel")
    Holiday.objects.bulk_create(Holiday(mission=port, on=on) for on in (date(2020, 1, 1), date(2031, 1, 1)))
    page = text(site.get(f"/en/{PORT}"))
    assert "1 January 2020" not in page
    assert "1 January 2031" not in page


def test_offsets_are_written_in_hours_and_minutes():
    def words(hours):
        return offset(datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone(hours))).strip("\u2066\u2069")

    def zone(hours):
        from datetime import timezone

        return timezone(timedelta(hours=hours))

    assert [words(hours) for hours in (0, 3, -3.5, 5.75)] == ["UTC", "UTC+3", "UTC−3:30", "UTC+5:45"]
    with override("fa"):
        assert words(3) == "UTC+۳"


def test_access_is_said_as_far_as_it_is_known(site):
    page = text(site.get("/en/posts/dorun/"))
    assert "Way in without steps Yes Lift No Hearing loop No" in page
    assert "Lift" not in text(site.get("/en/posts/virtual-naruvia/"))


def test_text_in_data_is_text_and_no_markup(site):
    Mission.objects.filter(code="dorun").update(directions={"en": "<script>alert(1)</script>"})
    assert "<script>alert" not in site.get("/en/posts/dorun/").content.decode()


@pytest.mark.parametrize("code", ["nowhere", "PORT-SABEL", "x" * 2000, "find2", "۱۲", "a'b", "%00", "..%2f"])
@pytest.mark.parametrize("page", ["", "calendar.ics", "wallet-card.pdf"])
def test_a_post_that_does_not_exist_is_not_found(site, code, page):
    assert site.get(f"/en/posts/{code}/{page}").status_code in {400, 404}


# The page and the clock


def test_the_page_turns_when_the_post_opens_or_closes_and_not_before(site):
    def tag(*moment):
        with at(*moment):
            return site.get(f"/en/{PORT}").headers["ETag"]

    assert tag(2026, 11, 24, 8, 30) == tag(2026, 11, 24, 11, 59)
    assert tag(2026, 11, 24, 15, 29) != tag(2026, 11, 24, 15, 30)
    assert tag(2026, 11, 24, 8, 29) != tag(2026, 11, 24, 8, 30)


def test_who_has_the_page_is_told_so_until_it_turns(site):
    with at(2026, 11, 24, 15, 20):
        tag = site.get(f"/en/{PORT}").headers["ETag"]
        assert site.get(f"/en/{PORT}", headers={"If-None-Match": tag}).status_code == 304
    with at(2026, 11, 24, 15, 31):
        assert site.get(f"/en/{PORT}", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda: OpeningHours.objects.filter(mission__code="port-sabel").delete(),
        lambda: Holiday.objects.update(name={"en": "Another name"}),
        lambda: Closure.objects.update(reason={"en": "Another reason"}),
    ],
)
def test_a_change_of_times_makes_an_edition(site, change):
    tag = site.get(f"/en/{PORT}").headers["ETag"]
    change()
    assert site.get(f"/en/{PORT}", headers={"If-None-Match": tag}).status_code == 200


# The calendar


def calendar(site, language="en", code="dorun"):
    answer = site.get(f"/{language}/posts/{code}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return answer


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_the_calendar_has_the_days_off_with_names_in_the_language(site, language):
    events = Calendar.from_ical(calendar(site, language).content).walk("VEVENT")
    names = {str(event["SUMMARY"]) for event in events}
    assert len(events) == 4
    assert any(Holiday.objects.first().name[language] in name for name in names)
    closure = next(event for event in events if event.decoded("DTSTART") == date(2026, 12, 13))
    assert closure.decoded("DTEND") == date(2026, 12, 15)


def test_lines_are_folded_and_end_as_the_standard_wants(site):
    content = calendar(site, "fa").content
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert any(line.startswith(b" ") for line in lines)
    content.decode()  # No character was cut apart beyond repair


def test_an_event_keeps_its_identity_in_every_language_and_under_every_name(site):
    def identities(language):
        events = Calendar.from_ical(calendar(site, language).content).walk("VEVENT")
        return [str(event["UID"]) for event in events]

    before = identities("en")
    assert len(set(before)) == len(before)
    Holiday.objects.update(name={"en": "Renamed"})
    assert identities("en") == identities("fa") == before


def test_two_posts_have_different_events_for_the_same_day(site):
    def of(code):
        events = Calendar.from_ical(calendar(site, code=code).content).walk("VEVENT")
        return {str(event["UID"]) for event in events}

    assert of("dorun").isdisjoint(of("port-sabel"))


def test_a_calendar_that_is_still_good_is_not_sent_again(site):
    tag = calendar(site).headers["ETag"]
    again = site.get("/en/posts/dorun/calendar.ics", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_name_with_the_signs_of_the_format_stays_whole(site):
    name = "A;B,C\\D\nBEGIN:VALARM"
    Holiday.objects.filter(mission__code="dorun").update(name={"en": name})
    events = Calendar.from_ical(calendar(site).content).walk("VEVENT")
    assert any(str(event["SUMMARY"]).endswith(name) for event in events)
    assert not Calendar.from_ical(calendar(site).content).walk("VALARM")


def test_a_post_knows_its_own_day(site):
    dorun = Mission.objects.with_times().get(code="dorun")
    assert Post(dorun, datetime(2026, 11, 24, 21, tzinfo=UTC)).today == date(2026, 11, 25)


def test_without_data_the_list_is_there(db):
    assert Client().get("/en/posts/").status_code == 200


def test_a_slip_in_the_year_of_a_closure_is_refused(site):
    closure = {"starts_on": date(2026, 12, 1), "ends_on": date(9026, 12, 3), "reason": {"en": "Repairs"}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(mission=Mission.objects.get(code="port-sabel"), **closure)
