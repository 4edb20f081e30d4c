"""Times are counted by the database in the mission's working days, weekly and on demand, never about a few people."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies

from consular.cases.models import Decision
from consular.cases.status import Outcome
from consular.lib.clock import add_working_days
from consular.missions.models import Closure, Holiday
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from embassy.content import edition
from embassy.times import actions, measured
from embassy.times.models import Figure, Measurement
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)  # A Tuesday
MONDAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def decided(officer, mission):
    """Return a function that has a case decided: received on one day, decided on another, at noon UTC."""

    def decide(opened_on, decided_on, at=mission, category="TV", hour=12):
        opened, done = (
            dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC) for day in (opened_on, decided_on)
        )
        case = CaseFactory(mission=at, category=category, opened_at=opened, applicant=UserFactory())
        with time_machine.travel(done, tick=False):
            Decision.objects.create(
                case=case, applicant=case.applicant, outcome=Outcome.APPROVE, decided_by=officer
            )

    return decide


def figures(until=TODAY):
    actions.measure(until)
    rows = Figure.objects.filter(measurement__decided_until=until)
    return {
        (row.category, row.mission and row.mission.code): (row.cases, row.half_within, row.most_within)
        for row in rows.select_related("mission")
    }


def test_half_and_four_of_five_are_told_for_a_category_and_for_each_mission(decided, mission):
    for days in range(10):
        decided(MONDAY, add_working_days(MONDAY, days))
    assert figures() == {("TV", None): (10, 4, 7), ("TV", mission.code): (10, 4, 7)}


def test_weekends_holidays_and_closures_are_those_of_the_mission(decided, mission, other_mission):
    mission.weekend = [3, 4]
    mission.save()
    Holiday.objects.create(mission=mission, on=dt.date(2026, 11, 4))
    Closure.objects.create(
        mission=mission, starts_on=dt.date(2026, 11, 8), ends_on=dt.date(2026, 11, 9), reason={"en": "Storm"}
    )
    for _ in range(5):
        decided(MONDAY, dt.date(2026, 11, 10))
        decided(MONDAY, dt.date(2026, 11, 10), at=other_mission)
    found = figures()
    assert found["TV", mission.code] == (5, 3, 3)  # The 3rd, the 7th (a Saturday) and the 10th
    assert found["TV", other_mission.code] == (5, 6, 6)


def test_days_are_those_of_the_missions_zone(decided, mission):
    mission.zone = "Pacific/Auckland"
    mission.save()
    for _ in range(5):
        decided(MONDAY, MONDAY + dt.timedelta(days=1), hour=12)  # Already Tuesday there, then Wednesday
    assert figures()["TV", None] == (5, 1, 1)


def test_a_decision_on_the_day_of_receipt_takes_no_day(decided):
    for _ in range(5):
        decided(MONDAY, MONDAY)
    assert figures()["TV", None] == (5, 0, 0)


def test_fewer_than_five_decisions_say_nothing(decided, mission, other_mission):
    for _ in range(4):
        decided(MONDAY, TODAY)
    decided(MONDAY, TODAY, at=other_mission)
    assert figures() == {("TV", None): (5, 16, 16)}


def test_the_database_refuses_a_figure_about_fewer(mission):
    measurement = Measurement.objects.create(decided_from=MONDAY, decided_until=TODAY)
    row = Figure(measurement=measurement, category="TV", cases=4, half_within=1, most_within=2)
    with pytest.raises(IntegrityError, match="enough_cases_to_hide_each"), transaction.atomic():
        row.save()


def test_only_the_past_half_year_counts(decided):
    for _ in range(5):
        decided(dt.date(2026, 4, 1), dt.date(2026, 5, 1))
    assert figures() == {}
    assert figures(dt.date(2026, 5, 1)) != {}


def test_measuring_twice_changes_nothing(decided):
    for _ in range(5):
        decided(MONDAY, TODAY)
    assert figures() == figures()
    assert Measurement.objects.count() == 1


def test_old_measurements_are_not_kept(decided):
    actions.measure(dt.date(2025, 1, 1))
    actions.measure(TODAY)
    assert [each.decided_until for each in Measurement.objects.all()] == [TODAY]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=strategies.integers(min_value=0, max_value=40),
    weekend=strategies.sets(strategies.integers(min_value=0, max_value=6), max_size=3),
    off=strategies.sets(strategies.dates(MONDAY, MONDAY + dt.timedelta(days=60)), max_size=6),
)
def test_the_database_counts_as_the_promise_of_a_mission_does(decided, mission, days, weekend, off):
    with transaction.atomic():
        mission.weekend = sorted(weekend)
        mission.save()
        Holiday.objects.bulk_create(Holiday(mission=mission, on=day) for day in off)
        first = add_working_days(dt.date(2026, 9, 7), 0, weekend=weekend, holidays=off)
        last = add_working_days(first, days, weekend=weekend, holidays=off)
        for _ in range(5):
            decided(first, last)
        assert figures(dt.date(2026, 12, 31))["TV", mission.code][1] == days
        transaction.set_rollback(True)


def test_a_week_owes_one_measurement_and_a_second_beat_none():
    actions.owe_measurement()
    actions.owe_measurement()
    assert Effect.objects.filter(topic="times.measure").count() == 1
    pay_due()
    assert Measurement.objects.get().decided_until == TODAY


def test_a_measurement_makes_an_edition_and_is_read_once(decided, django_assert_num_queries):
    for _ in range(5):
        decided(MONDAY, TODAY)
    before = edition.number()
    actions.measure(TODAY)
    after = edition.number()
    assert after != before
    with django_assert_num_queries(2):
        assert measured.of_edition(after).of("TV").cases == 5
    with django_assert_num_queries(0):
        assert measured.of_edition(after).of("BV") is None


def test_staff_ask_for_a_measurement(signed_in, consul, officer):
    consul.user_permissions.set(Permission.objects.filter(content_type__app_label="times"))
    address = reverse("admin:times_measurement_measure")
    assert signed_in(officer).post(address).status_code == 404
    assert signed_in(consul).get(address).status_code == 405
    page = signed_in(consul).post(address, follow=True)
    assert "The times are being measured." in page.content.decode()
    assert "Measure now" in page.content.decode()
    assert Effect.objects.filter(topic="times.measure").count() == 1
