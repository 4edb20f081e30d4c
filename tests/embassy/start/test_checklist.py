"""The checklist: who sees it, and that its points are looked at."""

from datetime import time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from consular.accounts.models import User
from consular.missions.models import Mission, OpeningHours
from embassy.start import checklist
from embassy.start.actions import OtherDataError, fill

pytestmark = pytest.mark.django_db
PAGE = reverse("start:start")


@pytest.fixture
def head():
    fill(head="head@ostrania.example")
    return User.objects.get(email="head@ostrania.example")


def is_done(words):
    return next(check.is_done for check in checklist.checks() if words in str(check.title))


def test_a_database_in_use_is_not_touched():
    User.objects.create_user("somebody@example.org")
    with pytest.raises(OtherDataError):
        fill(head="head@ostrania.example")
    assert not Mission.objects.exists()


def test_the_first_head_signs_in_by_a_code_and_leads_the_one_post(head):
    assert head.is_superuser
    assert not head.has_usable_password()
    assert head.emailaddress_set.filter(verified=True, primary=True).exists()
    assert Mission.objects.of(head, "consul").get().serves_everyone_else


def test_who_wrote_the_first_drafts_can_never_sign_in(head):
    author = User.objects.exclude(pk=head.pk).get()
    assert not author.is_active
    assert not author.has_usable_password()


def test_opening_hours_are_seen_when_they_are_written(head):
    assert not is_done("opening hours")
    OpeningHours.objects.create(mission=Mission.objects.get(), weekday=0, opens=time(9), closes=time(12))
    assert is_done("opening hours")


def test_two_duty_officers_are_wanted(head):
    for number in range(2):
        assert not is_done("Two duty officers")
        person = User.objects.create_user(f"duty{number}@ostrania.example", is_staff=True)
        person.groups.add(Group.objects.get(name="Duty officers"))
    assert is_done("Two duty officers")


def test_the_page_leads_to_where_each_point_is_done(head, signed_in):
    page = signed_in(head).get(PAGE).content.decode()
    assert reverse("admin:missions_mission_changelist") in page
    assert "PORTAL_SMTP_URL" in page


def test_the_bench_leads_to_the_page_until_all_is_done(head, signed_in, settings, monkeypatch):
    settings.DEMONSTRATION = False
    bench = signed_in(head)
    assert PAGE in bench.get(reverse("admin:index")).content.decode()
    done = [checklist.Check(check.title, is_done=True) for check in checklist.checks()]
    monkeypatch.setattr(checklist, "checks", lambda: done)
    assert PAGE not in bench.get(reverse("admin:index")).content.decode()


def test_a_demonstration_has_nothing_to_start(head, signed_in):
    assert PAGE not in signed_in(head).get(reverse("admin:index")).content.decode()


def test_the_head_puts_people_into_groups_on_the_bench(head, signed_in):
    page = signed_in(head).get(reverse("admin:accounts_user_add")).content.decode()
    assert "Duty officers" in page


@pytest.mark.parametrize("is_staff", [True, False])
def test_to_everybody_else_the_page_does_not_exist(signed_in, is_staff):
    person = User.objects.create_user("officer@ostrania.example", is_staff=is_staff)
    assert signed_in(person).get(PAGE).status_code == 404
