import datetime as dt

import pytest
import time_machine
from django.utils.translation import override
from hypothesis import given, strategies as st

from consular.lib import calendars
from consular.ui.fields import DateField
from consular.ui.forms import Form

LIKELY_DATES = st.dates(min_value=dt.date(1880, 1, 1), max_value=dt.date(2110, 1, 1))


def form_for(field, day="", month="", year="", calendar="gregorian"):
    kind = type("OneDate", (Form,), {"born": field})
    data = {"born_day": day, "born_month": month, "born_year": year, "born_calendar": calendar}
    return kind(data)


def cleaned(day, month, year, calendar="gregorian", **kwargs):
    form = form_for(DateField(label="Date of birth", **kwargs), day, month, year, calendar)
    assert form.is_valid(), form.errors
    return form.cleaned_data["born"]


def refusal(day, month, year, calendar="gregorian", **kwargs):
    form = form_for(DateField(label="Date of birth", **kwargs), day, month, year, calendar)
    assert not form.is_valid(), form.cleaned_data
    return form.errors["born"][0]


@pytest.mark.parametrize(
    "typed",
    [
        ("27", "3", "1985"),
        ("27", "03", "1985"),
        ("۲۷", "۳", "۱۹۸۵"),
        ("٢٧", "٣", "١٩٨٥"),
        ("27", "March", "1985"),
        ("27", "mar.", "1985"),
        ("27", "مارس", "1985"),
        ("7", "1", "1364"),
        ("۷", "فروردین", "۱۳۶۴"),
        ("7", "Farvardin", "1364"),
        (" 7 ", "حمل", "1364"),
    ],
)
@pytest.mark.parametrize("ticked", ["gregorian", "solar_hijri", "", "nonsense"])
def test_one_day_can_be_typed_in_many_ways_whatever_is_ticked(typed, ticked):
    assert cleaned(*typed, ticked) == dt.date(1985, 3, 27)


@given(LIKELY_DATES, st.sampled_from(["fa", "ar", "en"]))
def test_a_date_that_was_stored_is_shown_so_that_posting_it_changes_nothing(date, language):
    with override(language):
        shown = DateField().widget.format_value(date)
        assert cleaned(shown["day"], shown["month"], shown["year"], shown["calendar"]) == date


@given(LIKELY_DATES)
def test_any_date_can_be_typed_in_the_solar_hijri_calendar(date):
    year, month, day = calendars.solar_hijri(date)
    assert cleaned(str(day), str(month), str(year), "solar_hijri") == date


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "3", "1985"), "Date of birth must include a day"),
        (("27", "", "1985"), "Date of birth must include a month"),
        (("27", "3", ""), "Date of birth must include a year"),
        (("32", "3", "1985"), "The day of date of birth must be a number from 1 to 31"),
        (("0", "3", "1985"), "The day of date of birth must be a number from 1 to 31"),
        (("27", "13", "1985"), "The month of date of birth must be a number from 1 to 12, or a name"),
        (("27", "Smarch", "1985"), "The month of date of birth must be a number from 1 to 12, or a name"),
        (("27", "3", "85"), "The year of date of birth must have 4 digits"),
        (("27", "3", "19855"), "The year of date of birth must have 4 digits"),
        (("²7", "3", "1985"), "The day of date of birth must be a number from 1 to 31"),
        (("30", "2", "1985"), "There is no 30 February 1985: that month has 28 days"),
        (("31", "7", "1370"), "There is no 31 Mehr 1370: that month has 30 days"),
        (("30", "12", "1404"), "There is no 30 Esfand 1404: that month has 29 days"),
        (("7", "Mehr", "1985"), "Mehr and the year 1985 belong to different calendars"),
        (("7", "March", "1370"), "March and the year 1370 belong to different calendars"),
        (("7", "3", "1780"), "Check the year of date of birth"),
        (("7", "3", "0000"), "The year of date of birth must have 4 digits"),
    ],
)
def test_the_message_says_exactly_what_is_wrong(typed, message):
    assert refusal(*typed) == message


def test_nothing_at_all_is_asked_for():
    assert refusal("", " ", "") == "Enter date of birth"
    assert cleaned("", "", "", required=False) is None


@time_machine.travel("2026-11-24 12:00", tick=False)
def test_a_birth_in_the_future_is_refused_and_today_is_not():
    assert refusal("25", "11", "2026", past=True) == "Date of birth must be in the past"
    assert cleaned("24", "11", "2026", past=True) == dt.date(2026, 11, 24)
    assert refusal("23", "11", "2026", future=True) == "Date of birth must be in the future"
    assert cleaned("24", "11", "2026", future=True) == dt.date(2026, 11, 24)


def test_bounds_are_told_in_words_and_may_be_found_out_late():
    bounds = {"not_before": dt.date(2026, 1, 1), "not_after": lambda: dt.date(2026, 12, 31)}
    assert refusal("31", "12", "2025", **bounds) == "Date of birth must be 1 January 2026 or later"
    assert refusal("1", "1", "2027", **bounds) == "Date of birth must be 31 December 2026 or earlier"
    assert cleaned("31", "12", "2026", **bounds) == dt.date(2026, 12, 31)
    with override("fa"):
        assert "۱۱ دی ۱۴۰۴" in refusal("31", "12", "2025", **bounds)


def test_what_was_typed_is_shown_again():
    drawn = str(form_for(DateField(), "31", "مهر", "۱۳۷۰", "solar_hijri"))
    for value in ('value="31"', 'value="مهر"', 'value="۱۳۷۰"'):
        assert value in drawn
    assert 'value="solar_hijri" id="id_born_solar_hijri" checked' in drawn


@given(st.text(st.characters(codec=None), max_size=8), st.text(st.characters(codec=None), max_size=8))
def test_whatever_is_posted_can_be_answered_and_drawn(one, other):
    form = form_for(DateField(), one, other, one, other)
    form.is_valid()
    assert str(form).encode()


def test_the_error_summary_leads_to_the_box_that_is_wrong_and_only_that_box_is_red():
    form = form_for(DateField(label="Date of birth"), "27", "13", "1985")
    assert form.problems[0].target == "id_born_month"
    assert str(form).count("govuk-input--error") == 1


def test_all_boxes_are_red_when_the_whole_date_is_wrong():
    form = form_for(DateField(past=True), "27", "3", "2190")
    assert form.problems[0].target == "id_born_day"
    assert str(form).count("govuk-input--error") == 3


def test_one_form_does_not_mark_the_boxes_of_another():
    field = DateField()
    form_for(field, "27", "13", "1985").is_valid()
    assert form_for(field, "", "", "").problems[0].target == "id_born_day"


def test_persian_readers_begin_with_the_solar_hijri_calendar():
    with override("fa"):
        assert 'id="id_born_solar_hijri" checked' in str(type("Empty", (Form,), {"born": DateField()})())


def test_a_birthday_tells_the_browser_so():
    assert 'autocomplete="bday-day"' in str(
        type("Empty", (Form,), {"born": DateField(autocomplete="bday")})()
    )


@pytest.mark.parametrize(
    "stored",
    [
        dt.date(1985, 3, 27),
        "1985-03-27",
        {"day": "27", "month": "3", "year": "1985", "calendar": "gregorian"},
    ],
)
def test_a_stored_answer_is_shown_whatever_its_shape(stored):
    kind = type("OneDate", (Form,), {"born": DateField()})
    drawn = str(kind(initial={"born": stored}))
    assert 'value="27"' in drawn
    assert 'value="1985"' in drawn


def test_an_unchanged_date_has_not_changed():
    kind = type("OneDate", (Form,), {"born": DateField()})
    data = {"born_day": "7", "born_month": "1", "born_year": "1364", "born_calendar": "solar_hijri"}
    assert not kind(data, initial={"born": dt.date(1985, 3, 27)}).has_changed()
    assert kind({**data, "born_day": "8"}, initial={"born": dt.date(1985, 3, 27)}).has_changed()
