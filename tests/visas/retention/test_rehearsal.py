"""The page that shows what will go: for superusers, data protection officers and heads of mission, and it erases nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.missions.models import Role
from consular.outbox.models import Effect
from tests.factories.accounts import StaffFactory
from tests.factories.missions import PostingFactory
from tests.visas.retention.test_erasing import APPEAL, REFUSED, refused_application
from visas.policy.models import KeepingTime

pytestmark = pytest.mark.django_db

PAGE = "admin:retention_run_changelist"


@pytest.fixture
def case(time_machine):
    """Return a refused case whose documents go in ten days."""
    case = refused_application().case
    time_machine.move_to(timezone.now() + timedelta(days=APPEAL + REFUSED - 10), tick=False)
    Effect.objects.update(status="done", done_at=timezone.now())
    return case


@pytest.fixture
def head(case):
    return PostingFactory(mission=case.mission, role=Role.CONSUL).user


@pytest.fixture
def data_protection(case):
    person = StaffFactory()
    person.user_permissions.add(Permission.objects.get(codename="view_run"))
    return person


@pytest.mark.parametrize("who", ["superuser", "head", "data_protection"])
def test_it_says_what_goes_when_and_why(who, case, signed_in, request):
    answer = signed_in(request.getfixturevalue(who)).get(reverse(PAGE))
    text = answer.content.decode()
    assert case.spaced_reference in text
    assert "Visa Documents Regulation" in text
    assert "§ 21 (3)" in text
    assert "Kept for 365 days. Before that, 60 days to appeal." in text
    assert [each.goes_on for each in answer.context["found"]] == [
        timezone.localdate() + timedelta(days=10)
    ] * 3
    assert answer.context["tonight"] == 0


def test_no_name_of_a_person_or_a_file_stands_there(case, superuser, signed_in):
    text = signed_in(superuser).get(reverse(PAGE)).content.decode()
    assert case.name_latin not in text
    assert case.attachments.first().document.filename not in text


@pytest.mark.parametrize("who", ["applicant", "stranger", "officer", "auditor", "officer_elsewhere"])
def test_to_others_there_is_no_such_page(who, case, signed_in, request):
    client = signed_in(request.getfixturevalue(who))
    for address in (reverse(PAGE), reverse("admin:retention_run_add"), f"{reverse(PAGE)}1/change/"):
        assert client.get(address).status_code in {404, 302}
    assert client.get(reverse(PAGE)).status_code == 404


def test_the_anonymous_are_sent_to_sign_in(case):
    assert Client().get(reverse(PAGE)).status_code == 302


def test_a_head_of_mission_sees_what_is_of_the_own_mission_alone(case, head, consul, signed_in):
    assert len(signed_in(head).get(reverse(PAGE)).context["found"]) == 3
    answer = signed_in(consul).get(reverse(PAGE))
    assert answer.status_code == 200
    assert answer.context["found"] == []
    assert case.spaced_reference not in answer.content.decode()


def test_looking_erases_nothing_and_owes_nothing(case, superuser, signed_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=10), tick=False)
    client, entries = signed_in(superuser), Entry.objects.count()
    for _ in range(2):
        answer = client.get(reverse(PAGE))
        assert answer.context["tonight"] == 3
        assert "With the next look" in answer.content.decode()
    assert client.post(reverse(PAGE)).status_code in {200, 405}
    assert case.attachments.filter(document__removed_at=None).count() >= 3
    assert not Effect.objects.open().exists()
    assert Entry.objects.count() == entries


def test_what_is_held_back_is_marked(case, superuser, signed_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=10), tick=False)
    Effect.objects.create(topic="cases.check", key="test:held", payload={"case_id": str(case.pk)})
    answer = signed_in(superuser).get(reverse(PAGE))
    assert (answer.context["tonight"], answer.context["held"]) == (0, 3)
    assert "Held back" in answer.content.decode()


def test_without_rules_it_says_that_everything_is_kept(case, superuser, signed_in):
    KeepingTime.objects.all().delete()
    assert "everything is kept" in signed_in(superuser).get(reverse(PAGE)).content.decode()


def test_it_speaks_persian_with_its_digits(case, superuser, signed_in):
    address = reverse(PAGE).replace("/en/", "/fa/")
    answer = signed_in(superuser).get(address)
    assert (answer.status_code, 'dir="rtl"' in answer.content.decode()) == (200, True)
