"""The index says what the site says, within a minute and no more often than needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consular.missions.models import Mission
from embassy.content.models import Revision
from embassy.search import tasks
from embassy.search.actions import load_synonyms, refresh
from embassy.search.models import Index, Synonym, Text, Word
from embassy.search.synonyms import current_synonyms
from tests.factories.alerts import AlertFactory
from tests.factories.missions import MissionFactory

pytestmark = pytest.mark.django_db


def titles(language="en"):
    return set(Text.objects.filter(language=language).values_list("title", flat=True))


def test_every_language_has_the_pages_where_people_do_something():
    refresh()
    assert "Do I need a visa?" in titles()
    assert "آیا به روادید نیاز دارم؟" in titles("fa")


def test_a_post_is_found_under_its_name_in_each_language():
    MissionFactory(name={"en": "Embassy Zephyr", "fa": "سفارت زفیر"})
    refresh()
    assert "Embassy Zephyr" in titles()
    assert "سفارت زفیر" in titles("fa")


def test_a_change_on_the_site_is_in_the_index_after_the_next_look():
    mission = MissionFactory(name={"en": "Embassy Zephyr"})
    refresh()
    mission.name = {"en": "Embassy Boreas"}
    mission.save()
    assert refresh()
    assert "Embassy Boreas" in titles()
    assert "Embassy Zephyr" not in titles()
    Mission.objects.all().delete()
    tasks.refresh()
    assert "Embassy Boreas" not in titles()


def test_nothing_is_done_while_the_site_is_as_it_was(django_assert_num_queries):
    MissionFactory()
    assert refresh()
    with django_assert_num_queries(2):
        assert not refresh()


def test_a_rebuilt_index_writes_only_what_differs(django_assert_num_queries):
    MissionFactory()
    refresh()
    before = dict(Text.objects.values_list("pk", "digest"))
    words = set(Word.objects.values_list("pk", flat=True))
    assert refresh(again=True)
    assert dict(Text.objects.values_list("pk", "digest")) == before
    assert set(Word.objects.values_list("pk", flat=True)) == words


def test_a_text_that_is_scheduled_is_found_from_its_time_on(revision_live_from, time_machine):
    now = timezone.now()
    revision_live_from(now + timedelta(hours=1), title="Tomorrow’s rules")
    refresh()
    assert "Tomorrow’s rules" not in titles()
    time_machine.move_to(now + timedelta(hours=2))
    assert refresh()
    assert "Tomorrow’s rules" in titles()
    assert not refresh()


def test_a_text_that_ends_is_found_until_then(revision_live_from, time_machine):
    now = timezone.now()
    revision_live_from(now - timedelta(hours=1), title="Today only", live_to=now + timedelta(hours=1))
    refresh()
    assert "Today only" in titles()
    time_machine.move_to(now + timedelta(hours=2))
    refresh()
    assert "Today only" not in titles()


@pytest.fixture
def revision_live_from(admin_user):
    from embassy.content.models import Node
    from tests.factories.accounts import StaffFactory

    def make(live_from, *, title, live_to=None):
        node = Node.objects.create(path="tomorrow", kind="page")
        return Revision.objects.create(
            node=node, language="en", title=title, state="approved", author=StaffFactory(), approver=StaffFactory(),
            live_from=live_from, live_to=live_to,
        )  # fmt: skip

    return make


def test_an_alert_is_found_while_it_is_in_force(time_machine):
    alert = AlertFactory()
    refresh()
    title = alert.text_in("en").title
    assert title in titles()
    time_machine.move_to(alert.ends_at + timedelta(seconds=1))
    assert refresh()
    assert title not in titles()


def test_words_for_the_same_thing_are_in_force_at_once():
    assert current_synonyms().get("camel") is None
    Synonym.objects.create(words=["camel", "شتر"])
    assert current_synonyms()["camel"] == {"camel", "شتر"}


def test_a_site_begins_with_synonyms_that_staff_then_keep():
    load_synonyms()
    some = Synonym.objects.order_by("pk").last()
    some.delete()
    load_synonyms()
    assert not Synonym.objects.filter(pk=some.pk).exists()
    assert "ویزا" in current_synonyms()["visa"]


def test_there_is_one_index():
    refresh()
    refresh(again=True)
    assert Index.objects.count() == 1
