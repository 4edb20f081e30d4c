"""The log of searches holds words and days, no persons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from embassy.search.actions import forget_old_searches, note
from embassy.search.actions.note import MOST_A_DAY, without_persons
from embassy.search.models import Search

pytestmark = pytest.mark.django_db


def test_a_search_is_counted_once_a_day_however_it_is_written():
    for asked in ("Visá  fees", "visa FEES"):
        note(asked, "en", found=False)
    row = Search.objects.get()
    assert (row.words, row.times, row.found) == ("visa fees", 2, False)


def test_a_search_that_finds_something_today_is_no_longer_missing_it():
    note("camel", "en", found=False)
    note("camel", "en", found=True, best="/news/camel/")
    assert Search.objects.get().found


@pytest.mark.parametrize(
    "asked",
    ["shirin@example.org", "N1234567", "۱۲۳۴۵۶۷", "born 1999", "+44 1632 960101", "x" * 41, "  ", "'%_\\"],
)
def test_what_may_be_somebodys_is_not_kept(asked):
    note(asked, "en", found=False)
    assert not Search.objects.exists()


@pytest.mark.parametrize("asked", ["90 days", "form 33", "روادید ۳۰ روزه"])
def test_short_numbers_are_no_persons(asked):
    assert without_persons(asked)


def test_who_types_at_random_fills_no_disk():
    today = timezone.localdate()
    Search.objects.bulk_create(
        Search(on=today, language="en", words=f"word {n}", found=False) for n in range(MOST_A_DAY)
    )
    note("one more", "en", found=False)
    assert Search.objects.count() == MOST_A_DAY


def test_old_searches_are_forgotten():
    today = timezone.localdate()
    for days in (0, 179, 181):
        Search.objects.create(on=today - timedelta(days=days), language="en", words="visa", found=True)
    assert forget_old_searches() == 1
