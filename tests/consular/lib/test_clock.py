from datetime import date, timedelta

from hypothesis import given, strategies as st

from consular.lib.clock import FRIDAY, SATURDAY, add_working_days


def test_weekends_of_the_mission_do_not_count():
    thursday = date(2026, 11, 26)
    assert add_working_days(thursday, 1, weekend=(FRIDAY, SATURDAY)) == date(2026, 11, 29)
    assert add_working_days(thursday, 1) == date(2026, 11, 27)


def test_holidays_do_not_count():
    assert add_working_days(date(2026, 11, 24), 1, holidays=[date(2026, 11, 25)]) == date(2026, 11, 26)


def test_no_days_from_a_holiday_is_the_first_working_day():
    assert add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 30)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_exactly_so_many_working_days_lie_between(start, days):
    end = add_working_days(start, days)
    first = add_working_days(start, 0)
    between = [first + timedelta(n) for n in range(1, (end - first).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
