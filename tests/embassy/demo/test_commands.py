"""The demonstration loads twice without harm, and never where real data may be."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consular.accounts.models import User
from consular.missions.models import Mission, Posting, Role
from embassy.demo import casework, missions, people, policy
from embassy.demo.management.commands import demo_reset
from visas.policy.models import Category, Rule


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def development(settings):
    settings.DEBUG = True


@pytest.fixture
def staff(db, development):
    missions.load()
    people.load()


@pytest.mark.parametrize("command", ["demo_load", "demo_logins", "demo_reset"])
def test_demo_commands_refuse_outside_development(command, db):
    with pytest.raises(CommandError, match="DEBUG is off"):
        run(command)
    assert not Mission.objects.exists()


def test_the_demonstration_loads_where_somebody_knows_what_they_do(db, monkeypatch):
    sizes = []
    monkeypatch.setattr(casework, "load", sizes.append)  # test_casework loads the cases
    run("demo_load", i_know=True, size="full")
    assert Mission.objects.count() == 4
    assert Category.objects.count() == 12
    assert sizes == [casework.Size.FULL]


@pytest.mark.parametrize("load", [missions.load, policy.load])
def test_loading_again_writes_nothing(load, db):
    load()
    with CaptureQueriesContext(connection) as queries:
        load()
    assert [each["sql"] for each in queries if not each["sql"].startswith("SELECT")] == []


def test_loading_again_repairs_what_was_changed(db):
    policy.load()
    Rule.objects.filter(group__code="D").update(interview="none")
    policy.load()
    assert Rule.objects.filter(group__code="D", interview="in_person").exists()


def test_loading_people_again_keeps_their_passwords(staff):
    before = dict(User.objects.values_list("email", "password"))
    people.load()
    assert dict(User.objects.values_list("email", "password")) == before
    assert before.keys() == {row["email"] for row in (*people.applicants(), *people.staff())}


def test_outside_development_nobody_has_a_password_or_a_known_second_factor(db):
    missions.load()
    people.load()
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not Authenticator.objects.exists()


def test_every_member_of_staff_is_posted_or_in_a_group_and_has_a_second_factor(staff):
    for user in User.objects.filter(is_staff=True):
        assert Posting.objects.current().filter(user=user).exists() or user.groups.exists()
        assert {each.type for each in user.authenticator_set.all()} == {"totp", "recovery_codes"}


def test_the_consuls_may_rewrite_the_policy_and_an_officer_may_not(staff):
    officer = User.objects.get(email="officer@velmaris.example.org")
    for posting in Posting.objects.filter(role=Role.CONSUL):
        assert posting.user.groups.filter(permissions__codename="change_rule").exists()
    assert not officer.groups.exists()


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("editor", "content.write_revision", "content.approve_revision"),
        ("approver", "content.approve_revision", "content.write_revision"),
        ("translator.fa", "content.translate_revision", "content.write_revision"),
    ],
)
def test_each_group_may_do_its_part_and_no_other(staff, name, may, may_not):
    user = User.objects.get(email=f"{name}@velmaris.example.org")
    assert user.has_perm(may)
    assert not user.has_perm(may_not)


def test_a_demo_code_is_what_the_authenticator_accepts(staff):
    code = run("demo_code", "officer@velmaris.example.org").strip()
    factor = Authenticator.objects.get(user__email="officer@velmaris.example.org", type="totp")
    assert TOTP(factor).validate_code(code)


def test_recovery_codes_can_be_printed(staff):
    codes = run("demo_code", "consul@velmaris.example.org", recovery=True).split()
    assert len(codes) == 10
    assert len(set(codes)) == 10


def test_there_is_no_code_for_a_stranger(staff):
    with pytest.raises(CommandError, match="not a demo member of staff"):
        run("demo_code", "stranger@example.org")


def test_the_logins_name_everybody_and_the_password(development, db):
    printed = run("demo_logins")
    for row in [*people.applicants(), *people.staff()]:
        assert row["email"] in printed
    assert people.PASSWORD in printed


def test_a_reset_asks_first(development, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "no")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        run("demo_reset")


def test_a_reset_empties_the_database_and_loads_again(development, monkeypatch):
    done = []
    monkeypatch.setattr(demo_reset.Command, "empty_the_database", lambda self: done.append("emptied"))
    monkeypatch.setattr(demo_reset, "call_command", lambda name, **options: done.append(name))
    run("demo_reset", yes=True)
    assert done == ["emptied", "migrate", "createcachetable", "demo_load"]
