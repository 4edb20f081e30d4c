import datetime as dt

import pytest
from hypothesis import given, strategies as st

from consular.lib import calendars
from consular.lib.calendars import Calendar, NoSuchDay

DATES = st.dates(min_value=dt.date(622, 3, 22), max_value=dt.date(9000, 12, 31))
PEOPLE_LIVE = st.dates(min_value=dt.date(1880, 1, 1), max_value=dt.date(2120, 1, 1))


@given(DATES)
def test_any_date_survives_the_solar_hijri_calendar(date):
    year, month, day = calendars.solar_hijri(date)
    assert calendars.to_date(year, month, day, Calendar.SOLAR_HIJRI) == date


@given(PEOPLE_LIVE)
def test_the_next_day_is_the_next_day_in_both_calendars(date):
    today, tomorrow = calendars.solar_hijri(date), calendars.solar_hijri(date + dt.timedelta(1))
    year, month, day = today
    if day < calendars.days_in_month(year, month, Calendar.SOLAR_HIJRI):
        assert tomorrow == (year, month, day + 1)
    else:
        assert tomorrow[2] == 1


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1357, 11, 22), dt.date(1979, 2, 11)),
        ((1399, 12, 30), dt.date(2021, 3, 20)),  # a leap year
        ((1403, 12, 30), dt.date(2025, 3, 20)),
        ((1404, 1, 1), dt.date(2025, 3, 21)),
        ((1408, 12, 30), dt.date(2030, 3, 20)),
        ((1364, 1, 7), dt.date(1985, 3, 27)),
    ],
)
def test_known_days_agree(solar, gregorian):
    assert calendars.to_date(*solar, Calendar.SOLAR_HIJRI) == gregorian
    assert calendars.solar_hijri(gregorian) == solar


@pytest.mark.parametrize(
    ("year", "month", "day", "calendar", "part"),
    [
        (1403, 7, 31, Calendar.SOLAR_HIJRI, "day"),
        (1404, 12, 30, Calendar.SOLAR_HIJRI, "day"),
        (2026, 2, 29, Calendar.GREGORIAN, "day"),
        (2026, 13, 1, Calendar.GREGORIAN, "month"),
        (2026, 0, 1, Calendar.GREGORIAN, "month"),
        (0, 1, 1, Calendar.GREGORIAN, "year"),
        (9999, 1, 1, Calendar.SOLAR_HIJRI, "year"),
        (2026, 1, 0, Calendar.GREGORIAN, "day"),
    ],
)
def test_an_impossible_day_says_which_part_is_impossible(year, month, day, calendar, part):
    with pytest.raises(NoSuchDay) as refusal:
        calendars.to_date(year, month, day, calendar)
    assert refusal.value.part == part


@given(st.integers(1, 9000), st.integers(1, 12), st.sampled_from(Calendar))
def test_the_last_day_of_a_month_exists_and_the_next_does_not(year, month, calendar):
    days = calendars.days_in_month(year, month, calendar)
    assert calendars.to_date(year, month, days, calendar)
    with pytest.raises(NoSuchDay):
        calendars.to_date(year, month, days + 1, calendar)


@pytest.mark.parametrize(
    ("year", "chosen", "expected"),
    [
        (1370, Calendar.GREGORIAN, Calendar.SOLAR_HIJRI),
        (1991, Calendar.SOLAR_HIJRI, Calendar.GREGORIAN),
        (1250, Calendar.GREGORIAN, Calendar.SOLAR_HIJRI),
        (1500, Calendar.GREGORIAN, Calendar.SOLAR_HIJRI),
        (1501, Calendar.GREGORIAN, Calendar.GREGORIAN),
        (1600, Calendar.SOLAR_HIJRI, Calendar.SOLAR_HIJRI),
    ],
)
def test_the_year_decides_before_the_tick(year, chosen, expected):
    assert calendars.guess(year, chosen) is expected


@given(st.integers(1, 12), st.sampled_from(Calendar), st.sampled_from(calendars.LANGUAGES))
def test_every_month_is_recognised_by_every_name_that_we_give_it(month, calendar, language):
    name = calendars.month_name(month, calendar, language)
    assert calendars.month_number(name) == (month, calendar)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("MEHR", (7, Calendar.SOLAR_HIJRI)),
        (" مهر ", (7, Calendar.SOLAR_HIJRI)),
        ("ارديبهشت", (2, Calendar.SOLAR_HIJRI)),
        ("اردی‌بهشت", (2, Calendar.SOLAR_HIJRI)),
        ("حمل", (1, Calendar.SOLAR_HIJRI)),
        ("Sept.", (9, Calendar.GREGORIAN)),
        ("mars", (3, Calendar.GREGORIAN)),
        ("ژانویه", (1, Calendar.GREGORIAN)),
        ("Smarch", None),
        ("", None),
    ],
)
def test_months_are_read_in_words(typed, expected):
    assert calendars.month_number(typed) == expected


def test_dates_are_written_as_each_language_does():
    date = dt.date(2026, 3, 27)
    assert calendars.in_words(date, "en") == "27 March 2026"
    assert calendars.in_words(date, "fa") == "۷ فروردین ۱۴۰۵"
    assert calendars.in_words(date, "ar") == "٢٧ مارس ٢٠٢٦"
    assert calendars.in_words(date, "fr") == "27 mars 2026"
    assert calendars.in_words(date.replace(day=1), "fr") == "1er mars 2026"
    assert calendars.in_words(date, "es") == "27 de marzo de 2026"
    assert calendars.gregorian_in_words(date, "fa") == "۲۷ مارس ۲۰۲۶"
    assert calendars.solar_hijri_in_words(date, "en") == "7 Farvardin 1405"


def test_digits_are_those_of_the_language():
    assert calendars.digits(1405, "fa") == "۱۴۰۵"
    assert calendars.digits("12:30", "ar") == "١٢:٣٠"
    assert calendars.digits(1405, "fr") == "1405"
