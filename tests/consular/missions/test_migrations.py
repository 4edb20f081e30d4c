"""What is in somebody's database already comes through the migrations."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("missions", "0001_initial"), ("missions", "0004_keep_holidays_once")
DAYS = [date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 1)]


def migrate(target):
    executor = MigrationExecutor(connection)
    return executor.migrate([target]).apps


@pytest.fixture
def _afterwards():
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_afterwards")
def test_dates_of_holidays_become_rows_and_words_about_hours_stay():
    old = migrate(BEFORE).get_model("missions", "Mission")
    old.objects.create(code="old", name={"en": "Old"}, country="QN", holidays=DAYS, hours={"en": "Mornings"})
    new = migrate(AFTER)
    mission = new.get_model("missions", "Mission").objects.get()
    assert mission.hours_note == {"en": "Mornings"}
    rows = new.get_model("missions", "Holiday").objects.filter(mission=mission)
    assert list(rows.values_list("on", flat=True)) == [date(2026, 12, 1), date(2026, 12, 2)]
    back = migrate(BEFORE).get_model("missions", "Mission").objects.get()
    assert back.holidays == [date(2026, 12, 1), date(2026, 12, 2)]
    assert back.hours == {"en": "Mornings"}
    back.delete()
