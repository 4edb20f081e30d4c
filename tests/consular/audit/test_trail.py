"""The trail: written by `record` alone, changed by nobody."""

import pytest
from django.db import IntegrityError, connection, transaction

from consular.audit.models import Entry
from consular.audit.trail import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(officer, mission):
    return record("mission.seen", mission, by=officer, why="test")


def test_an_entry_says_who_did_what_to_whom(entry, officer, mission):
    assert (entry.actor, entry.verb, entry.subject_type, entry.subject_id, entry.detail) == (
        officer,
        "mission.seen",
        "missions.mission",
        str(mission.pk),
        {"why": "test"},
    )


def test_an_act_without_a_person_has_no_actor(mission):
    from django.contrib.auth.models import AnonymousUser

    assert record("mission.seen", mission, by=AnonymousUser()).actor is None
    assert record("mission.seen", mission).actor is None


def test_entries_about_a_subject_come_in_order(entry, officer, mission, other_mission):
    later = record("mission.changed", mission, by=officer)
    record("mission.seen", other_mission, by=officer)
    assert list(Entry.objects.about(mission)) == [entry, later]


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(verb="nothing"),
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: connection.cursor().execute(
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_entry CASCADE"
        ),
    ],
    ids=["update", "save", "delete", "delete-all", "truncate"],
)
def test_the_database_itself_refuses_to_change_the_trail(entry, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(entry)
    assert Entry.objects.get() == entry


def test_an_entry_names_its_verb(mission):
    with pytest.raises(IntegrityError, match="audit_entry_names_its_verb"), transaction.atomic():
        record("", mission)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_still_clean_up(mission):
    record("mission.seen", mission)


@pytest.mark.django_db(transaction=True)
def test_after_which_the_trail_is_empty_and_still_refuses(mission):
    assert not Entry.objects.exists()
    record("mission.seen", mission)
    with pytest.raises(IntegrityError, match="append-only"):
        Entry.objects.all().delete()
