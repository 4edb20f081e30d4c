from datetime import date, timedelta

import pytest

from visas.issuance.forms import ConditionsForm

TODAY = date(2026, 11, 24)


class Form(ConditionsForm):
    longest_stay = 90
    usable_for_days = 180
    passport_expires_on = date(2027, 12, 31)
    today = TODAY


def filled(first=TODAY, last=TODAY + timedelta(days=29), days=30, entries="1"):
    parts = {"day": "%d", "month": "%m", "year": "%Y"}
    dates = {
        f"{name}_{part}": day.strftime(code)
        for name, day in (("valid_from", first), ("valid_until", last))
        for part, code in parts.items()
    }
    calendars = {"valid_from_calendar": "gregorian", "valid_until_calendar": "gregorian"}
    return Form({**dates, **calendars, "entries": entries, "stay_days": str(days)})


def test_what_is_cleaned_can_be_stored_as_json():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "valid_from": "2026-11-24",
        "valid_until": "2026-12-23",
        "entries": "1",
        "stay_days": 30,
    }


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"days": 91}, "stay_days", "At most 90 days"),
        ({"last": TODAY - timedelta(days=1)}, "valid_until", "must end on or after"),
        ({"last": TODAY + timedelta(days=28)}, "valid_until", "shorter than the days of stay"),
        ({"last": TODAY + timedelta(days=180)}, "valid_until", "at most 180 days"),
        ({"first": date(2026, 9, 1), "last": date(2026, 11, 1)}, "valid_until", "would have ended"),
        ({"first": date(2027, 9, 1), "last": date(2028, 1, 1)}, "valid_until", "passport expires"),
        ({"entries": "7"}, "entries", ""),
        ({"days": 0}, "stay_days", ""),
    ],
)
def test_conditions_that_law_or_passport_do_not_allow_are_refused(given, field, says):
    form = filled(**given)
    assert not form.is_valid()
    assert says in " ".join(form.errors[field])


def test_the_last_day_in_force_counts():
    assert filled(last=TODAY + timedelta(days=179)).is_valid()
