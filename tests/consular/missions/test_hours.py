"""When an office is open: in its own time, across midnight and the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, strategies as st

from consular.missions.hours import MIDNIGHT, Period, Span, Timetable

LISBON = ZoneInfo("Europe/Lisbon")
WORKDAYS = range(5)
OFFICE = Timetable(LISBON, tuple(Span(day, time(8, 30), time(15, 30)) for day in WORKDAYS))


def at(*parts, zone=LISBON):
    return datetime(*parts, tzinfo=zone)


def utc(moment):
    return moment.astimezone(UTC)


def test_it_is_open_from_the_first_minute_to_the_last_but_not_at_the_end():
    assert OFFICE.open_at(at(2026, 11, 24, 8, 29)) is None
    assert OFFICE.open_at(at(2026, 11, 24, 8, 30)).closes_at == utc(at(2026, 11, 24, 15, 30))
    assert OFFICE.open_at(at(2026, 11, 24, 15, 29)) is not None
    assert OFFICE.open_at(at(2026, 11, 24, 15, 30)) is None


def test_after_friday_it_opens_on_monday():
    assert OFFICE.next_opening(at(2026, 11, 27, 16, 0)).opens_at == utc(at(2026, 11, 30, 8, 30))


def test_the_next_opening_is_not_the_one_that_lasts():
    assert OFFICE.next_opening(at(2026, 11, 24, 9, 0)).opens_at == utc(at(2026, 11, 25, 8, 30))


def test_between_two_spans_of_a_day_it_is_closed():
    office = Timetable(LISBON, (Span(1, time(9), time(12)), Span(1, time(13), time(15))))
    assert office.open_at(at(2026, 11, 24, 12, 30)) is None
    assert office.changes_at(at(2026, 11, 24, 12, 30)) == utc(at(2026, 11, 24, 13, 0))


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26)])
def test_the_clocks_of_the_post_decide_in_summer_and_in_winter(day):
    opening = OFFICE.open_at(datetime.combine(day, time(9), tzinfo=LISBON))
    assert opening.opens_at.astimezone(LISBON).time() == time(8, 30)
    assert opening.closes_at - opening.opens_at == timedelta(hours=7)


def test_a_night_with_an_hour_more_and_one_with_an_hour_less():
    night = Timetable(LISBON, tuple(Span(day, time(0), time(6)) for day in range(7)))
    assert night.open_at(at(2026, 3, 29, 3)).closes_at - night.open_at(
        at(2026, 3, 29, 3)
    ).opens_at == timedelta(hours=5)
    longer = night.open_at(at(2026, 10, 25, 3))
    assert longer.closes_at - longer.opens_at == timedelta(hours=7)


def test_a_span_within_the_hour_that_does_not_exist_is_none():
    office = Timetable(LISBON, (Span(6, time(1, 30), time(2, 10)),))
    assert office.open_at(at(2026, 3, 29, 2, 5)) is None
    assert office.next_opening(at(2026, 3, 28, 12)).opens_at == utc(at(2026, 4, 5, 1, 30))


def test_spans_that_meet_at_midnight_are_one_opening():
    office = Timetable(LISBON, (Span(1, time(20), MIDNIGHT), Span(2, MIDNIGHT, time(2))))
    opening = office.open_at(at(2026, 11, 24, 23))
    assert (opening.opens_at, opening.closes_at) == (utc(at(2026, 11, 24, 20)), utc(at(2026, 11, 25, 2)))
    assert office.open_at(at(2026, 11, 25, 1)) == opening


def test_a_closed_day_has_no_hours():
    office = Timetable(LISBON, OFFICE.spans, closed=frozenset({date(2026, 11, 24)}))
    assert office.spans_on(date(2026, 11, 24)) == []
    assert office.next_opening(at(2026, 11, 23, 20)).opens_at == utc(at(2026, 11, 25, 8, 30))


def test_on_the_days_of_a_season_only_its_hours_hold():
    summer = Span(2, time(8), time(12), season=7)
    office = Timetable(LISBON, (*OFFICE.spans, summer), (Period(7, date(2027, 7, 1), date(2027, 8, 31)),))
    assert office.open_at(at(2027, 6, 30, 14)) is not None  # A Wednesday before
    assert office.open_at(at(2027, 7, 7, 14)) is None
    assert office.open_at(at(2027, 7, 7, 11)) is not None
    assert office.open_at(at(2027, 7, 8, 9)) is None  # Thursdays are closed in summer
    assert office.open_at(at(2027, 9, 1, 14)) is not None


def test_a_season_without_a_last_day_has_no_end():
    office = Timetable(LISBON, (Span(1, time(9), time(10), season=1),), (Period(1, date(2026, 1, 1), None),))
    assert office.open_at(at(2030, 1, 1, 9, 30)) is not None


def test_without_hours_it_never_opens():
    office = Timetable(LISBON, ())
    assert office.open_at(at(2026, 11, 24, 9)) is None
    assert office.next_opening(at(2026, 11, 24, 9)) is None
    assert office.changes_at(at(2026, 11, 24, 9)) is None


def test_an_office_that_never_closes_is_open_and_says_so():
    always = Timetable(LISBON, tuple(Span(day, MIDNIGHT, MIDNIGHT) for day in range(7)))
    now = at(2026, 11, 24, 9)
    assert always.open_at(now).closes_at > now + timedelta(days=300)


# What holds for all timetables

minutes = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
zones = st.sampled_from(
    ["Europe/Lisbon", "Etc/GMT-3", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"]
)
FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
moments = st.datetimes(FIRST, FIRST.replace(year=2028)).map(lambda each: each.replace(tzinfo=UTC))


@st.composite
def spans(draw):
    opens, closes = draw(minutes), draw(st.one_of(minutes, st.just(MIDNIGHT)))
    assume(closes == MIDNIGHT or opens < closes)
    return Span(draw(st.integers(0, 6)), opens, closes)


@st.composite
def timetables(draw):
    closed = draw(st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5))
    return Timetable(ZoneInfo(draw(zones)), tuple(draw(st.lists(spans(), max_size=6))), closed=closed)


@given(timetables(), moments)
def test_an_opening_holds_the_moment_and_ends_after_it(timetable, moment):
    if opening := timetable.open_at(moment):
        assert opening.opens_at <= moment < opening.closes_at
        assert timetable.changes_at(moment) == opening.closes_at
        assert timetable.open_at(opening.closes_at) is None


@given(timetables(), moments)
def test_nothing_is_open_before_the_next_opening(timetable, moment):
    coming = timetable.next_opening(moment)
    if coming and not timetable.open_at(moment):
        assert timetable.changes_at(moment) == coming.opens_at
        assert timetable.open_at(coming.opens_at) == coming
        assert timetable.open_at(coming.opens_at - timedelta(seconds=1)) is None
        between = moment + (coming.opens_at - moment) / 2
        assert timetable.open_at(between) is None


def closing(opening):
    return opening and opening.closes_at


@given(timetables(), moments, st.floats(0, 1, exclude_max=True))
def test_until_the_next_change_the_answer_stays_the_same(timetable, moment, part):
    change = timetable.changes_at(moment)
    if change:
        later = moment + (change - moment) * part
        assume(later < change)  # Microseconds are rounded
        assert closing(timetable.open_at(later)) == closing(timetable.open_at(moment))
        assert timetable.next_opening(later) == timetable.next_opening(moment)


@given(timetables(), moments)
def test_away_from_a_change_of_clocks_the_clock_on_the_wall_decides(timetable, moment):
    local = moment.astimezone(timetable.zone)
    nearby = {(local + timedelta(hours=hours)).utcoffset() for hours in (-30, 0, 30)}
    assume(len(nearby) == 1)
    expected = any(
        span.opens <= local.time() and (span.closes == MIDNIGHT or local.time() < span.closes)
        for span in timetable.spans_on(local.date())
    )
    assert bool(timetable.open_at(moment)) == expected
