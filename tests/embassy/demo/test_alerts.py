"""The demonstration's alerts: complete in every language, loaded once."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from embassy.alerts.models import PARTS, Alert, Subscriber, Text
from embassy.demo import alerts, people
from embassy.demo.rows import read
from tests.factories.accounts import StaffFactory


@pytest.fixture
def loaded(db):
    for address in (alerts.WRITER, alerts.APPROVER):
        StaffFactory(email=address)
    alerts.load()


def test_there_are_twelve_alerts_and_twenty_five_subscribers(loaded):
    live = Alert.objects.live(timezone.now())
    assert (Alert.objects.count(), Subscriber.objects.count()) == (12, 25)
    assert sorted(live.values_list("kind", flat=True)) == ["crisis", "routine", "security", "weather"]
    assert [
        alert.text_in("en").title for alert in Alert.objects.past(timezone.now()) if alert.is_corrected
    ] == ["High water in Osmark"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_loading_twice_changes_nothing(loaded, django_assert_max_num_queries):
    before = list(Alert.objects.order_by("pk").values()), list(Text.objects.order_by("pk").values())
    with django_assert_max_num_queries(6):
        alerts.load()
    after = list(Alert.objects.order_by("pk").values()), list(Text.objects.order_by("pk").values())
    assert (before, Subscriber.objects.count()) == (after, 25)


@pytest.mark.parametrize("row", read("alerts")["alert"], ids=lambda row: row["name"])
def test_every_alert_has_all_its_parts_in_every_language(row):
    for language, _name in settings.LANGUAGES:
        assert all(row[language][part].strip() for part in PARTS)
        assert len(row[language]["title"]) <= 120
        assert len(row[language]["actions"].strip().splitlines()) == len(
            row["en"]["actions"].strip().splitlines()
        )


def test_only_states_of_the_demonstration_are_spoken_of():
    named = {code for row in read("alerts")["alert"] for code in row["countries"]}
    assert named <= {"QNR", "QSD", "QPB", "QTI", "QRO", "QWK"}


def test_the_duty_officer_writes_and_sends_and_the_approver_approves():
    assert {"alerts.write_alert", "alerts.send_alert"} <= set(people.GROUPS["Duty officers"])
    assert "alerts.approve_alert" in people.GROUPS["Approvers"]
    assert "alerts.translate_alert" in people.GROUPS["Translators"]
