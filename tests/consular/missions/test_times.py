"""The times of a mission: what the database refuses, how working days follow."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from consular.missions.models import Closure, Holiday, Mission, OpeningHours, Season
from tests.factories.missions import MissionFactory, OpeningHoursFactory

pytestmark = pytest.mark.django_db


def refused(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("opens", "closes"), [("09:00", "12:00"), ("11:59", "13:00"), ("08:00", "09:01"), ("08:00", "00:00")]
)
def test_hours_of_one_day_and_service_never_overlap(mission, opens, closes):
    OpeningHoursFactory(mission=mission)
    refused(
        "two_spans_of_a_day_never_overlap",
        lambda: OpeningHoursFactory(mission=mission, opens=opens, closes=closes),
    )


def test_hours_that_touch_or_are_for_something_else_are_welcome(mission, other_mission):
    OpeningHoursFactory(mission=mission)
    OpeningHoursFactory(mission=mission, opens="12:00", closes="13:00")
    OpeningHoursFactory(mission=mission, weekday=1)
    OpeningHoursFactory(mission=mission, service="visas")
    OpeningHoursFactory(mission=other_mission)
    season = Season.objects.create(mission=mission, name={"en": "S"}, starts_on=date(2027, 1, 1))
    OpeningHoursFactory(mission=mission, season=season)
    refused("two_spans_of_a_day", lambda: OpeningHoursFactory(mission=mission, season=season))


def test_hours_end_after_they_begin_and_midnight_is_an_end(mission):
    refused("hours_close_after_they_open", lambda: OpeningHoursFactory(mission=mission, closes="08:00"))
    OpeningHoursFactory(mission=mission, opens="20:00", closes="00:00")


def test_seasons_and_closures_of_a_mission_never_overlap(mission):
    days = {"mission": mission, "starts_on": date(2027, 7, 1), "ends_on": date(2027, 7, 31)}
    within = days | {"starts_on": date(2027, 7, 31), "ends_on": date(2027, 8, 2)}
    Season.objects.create(name={"en": "S"}, **days)
    refused("two_seasons_of_a_mission_never_overlap", lambda: Season.objects.create(name={}, **within))
    Closure.objects.create(reason={"en": "C"}, **days)
    refused("two_closures_of_a_mission_never_overlap", lambda: Closure.objects.create(reason={}, **within))


def test_a_day_is_one_holiday(mission):
    Holiday.objects.create(mission=mission, on=date(2026, 12, 2))
    refused("a_day_is_one_holiday", lambda: Holiday.objects.create(mission=mission, on=date(2026, 12, 2)))


def test_no_mission_takes_the_address_of_the_finder():
    refused("code_of_a_mission", lambda: MissionFactory(code="find"))


def test_holidays_and_closures_are_no_working_days(mission):
    """Wednesday is a holiday, Thursday and Friday the mission is closed, then comes the weekend."""
    Holiday.objects.create(mission=mission, on=date(2026, 11, 25))
    Closure.objects.create(
        mission=mission, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 27), reason={"en": "C"}
    )
    assert mission.working_days_after(date(2026, 11, 24), 1) == date(2026, 11, 30)


def test_working_days_cost_two_queries_and_are_remembered(mission, django_assert_num_queries):
    with django_assert_num_queries(2):
        mission.working_days_after(date(2026, 11, 24), 10)
        mission.working_days_after(date(2026, 11, 24), 20)


def test_all_times_of_all_missions_cost_six_queries(mission, other_mission, django_assert_num_queries):
    OpeningHoursFactory(mission=mission)
    with django_assert_num_queries(6):
        for each in Mission.objects.with_times():
            assert each.timetable.spans or each == other_mission
            list(each.arrangements.all())


def test_the_timetable_speaks_the_missions_zone(mission):
    Mission.objects.update(zone="Asia/Tehran")
    OpeningHours.objects.create(mission=mission, weekday=1, opens=time(9), closes=time(12))
    mission.refresh_from_db()
    assert str(mission.timetable.zone) == "Asia/Tehran"
    assert [span.opens for span in mission.timetable.spans] == [time(9)]
