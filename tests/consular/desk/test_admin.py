"""Lists for superusers: work owed, people, missions, the trail; and what the admin never shows."""

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.urls import reverse

from consular.accounts.models import User
from consular.audit.models import Entry
from consular.missions.models import Posting
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(signed_in, superuser):
    return signed_in(superuser)


# Work owed


@pytest.fixture
def dead():
    return Effect.objects.create(
        topic="cases.check", key="case:1:check", status=Effect.Status.DEAD, attempts=8, last_error="OSError"
    )


LIST = "admin:outbox_effect_changelist"


def keys(answer):
    return [effect.key for effect in answer.context["cl"].result_list]


def test_the_list_starts_with_what_could_not_be_done(root, dead):
    Effect.objects.create(topic="cases.check", key="case:2:check")
    assert keys(root.get(reverse(LIST))) == ["case:1:check"]
    assert keys(root.get(reverse(LIST), {"state": "open"})) == ["case:2:check"]
    assert keys(root.get(reverse(LIST), {"state": "done"})) == []
    assert keys(root.get(reverse(LIST), {"q": "case:1"})) == ["case:1:check"]


def test_a_superuser_has_it_tried_again(root, dead, superuser):
    data = {"action": "try_again", "_selected_action": [dead.pk]}
    answer = root.post(reverse(LIST), data, follow=True)
    dead.refresh_from_db()
    assert (dead.status, dead.attempts, dead.last_error) == (Effect.Status.WAITING, 0, "OSError")
    assert "1 is tried again" in answer.content.decode()
    entry = Entry.objects.about(dead).get()
    assert (entry.verb, entry.actor) == ("effect.retried", superuser)
    root.post(reverse(LIST), data)
    assert Entry.objects.about(dead).count() == 1


def test_an_effect_is_otherwise_for_reading(root, dead):
    assert root.get(reverse("admin:outbox_effect_change", args=[dead.pk])).status_code == 200
    root.post(reverse("admin:outbox_effect_change", args=[dead.pk]), {"topic": "x"})
    dead.refresh_from_db()
    assert dead.topic == "cases.check"
    for name in ("add", "delete"):
        more = [dead.pk] if name == "delete" else []
        assert root.get(reverse(f"admin:outbox_effect_{name}", args=more)).status_code == 404


# People


def person(**fields):
    return {
        "email": "New.Officer@Example.org", "name": "New", "language": "fa", "is_staff": "on", "is_active": "on",
        "postings-TOTAL_FORMS": 0, "postings-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip


def test_a_new_member_of_staff_is_posted_and_has_no_password(root, mission, superuser):
    posting = {
        "postings-0-mission": mission.pk,
        "postings-0-role": "officer",
        "postings-0-starts_on": "2026-01-01",
    }
    root.post(reverse("admin:accounts_user_add"), person(**posting, **{"postings-TOTAL_FORMS": 1}))
    user = User.objects.get(email="new.officer@example.org")
    assert not user.has_usable_password()
    assert Posting.objects.get(user=user).mission == mission
    entry = Entry.objects.about(user).get()
    assert (entry.verb, entry.actor) == ("user.added", superuser)
    assert "example.org" not in str(entry.detail)


def test_an_address_that_is_taken_is_refused_in_words(root, applicant):
    answer = root.post(reverse("admin:accounts_user_add"), person(email="Applicant@example.org"))
    assert "email" in answer.context["adminform"].form.errors


def test_nobody_changes_an_address_or_a_password(root, applicant):
    address = reverse("admin:accounts_user_change", args=[applicant.pk])
    page = root.get(address).content.decode()
    assert 'name="email"' not in page
    assert "password" not in page.lower().replace("admin:password_change", "").split("<main")[1]
    root.post(address, person(email="other@example.org", password="x", is_superuser=""))
    applicant.refresh_from_db()
    assert applicant.email == "applicant@example.org"
    assert Entry.objects.about(applicant).get().detail["fields"]


def test_nobody_deletes_a_person_or_a_mission(root, applicant, mission):
    assert root.get(reverse("admin:accounts_user_delete", args=[applicant.pk])).status_code == 404
    assert root.get(reverse("admin:missions_mission_delete", args=[mission.pk])).status_code == 404


# The trail and the rest


def test_the_trail_is_for_reading(root, superuser, mission):
    from consular.audit.trail import record

    entry = record("mission.seen", mission, by=superuser)
    assert (
        "mission.seen"
        in root.get(reverse("admin:audit_entry_changelist"), {"q": "mission.seen"}).content.decode()
    )
    for name in ("change", "delete"):
        answer = root.post(
            reverse(f"admin:audit_entry_{name}", args=[entry.pk]), {"post": "yes", "verb": "x"}
        )
        assert answer.status_code == 404


def test_only_models_of_ours_are_in_the_admin():
    assert {model._meta.app_label for model in site._registry} <= {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith(("consular.", "visas", "embassy."))
    }
    names = {model.__name__ for model in site._registry}
    assert not names & {"Authenticator", "EmailAddress", "UserSession", "Group", "Session"}


def test_signing_in_and_out_and_passwords_are_the_accounts_pages(root, signed_in, officer):
    client = signed_in(officer)
    assert (
        client.get(reverse("admin:login"), {"next": "/en/staff/cases/case/"}).url == "/en/staff/cases/case/"
    )
    assert client.get(reverse("admin:login"), {"next": "https://evil.example/"}).url == reverse("admin:index")
    assert client.get(reverse("admin:password_change")).url == reverse("account_change_password")
    client.post(reverse("admin:logout"))
    assert client.get(reverse("admin:index")).status_code == 302
