"""The list of official accounts, and the warning that one is in other hands."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from consular.audit.models import Entry
from consular.lib.multilingual import Multilingual
from embassy.officials import book
from embassy.officials.actions.confirm import confirm
from embassy.officials.actions.switch import switch
from embassy.officials.models import Account
from embassy.officials.status import State

WARNING = "is in other hands"


@pytest.fixture(autouse=True)
def _afresh():
    book.forget()
    yield
    book.forget()


@pytest.fixture
def account(db):
    return Account.objects.create(
        code="mastodon",
        network="Mastodon",
        handle="@velmaris@social.example.org",
        address="https://social.example.org/@velmaris",
        languages=["en", "fa"],
        purpose=Multilingual(en="News.", fa="خبرها."),
    )


def told(client, path="/en/visas/"):
    return WARNING in client.get(path).text


def test_the_warning_is_on_every_page_with_the_next_request(client, account, officer):
    assert not told(client)
    switch(account, State.COMPROMISED, by=officer)
    for path in ("/en/", "/en/visas/", "/en/official-accounts/", "/en/privacy/", "/en/alerts/"):
        assert told(client, path), path
    switch(account, State.ACTIVE, by=officer)
    assert not told(client)


def test_who_has_the_page_from_before_is_given_the_warning(client, account, officer):
    etag = client.get("/en/visas/").headers["ETag"]
    switch(account, State.COMPROMISED, by=officer)
    assert client.get("/en/visas/", headers={"If-None-Match": etag}).status_code == 200


def test_a_change_by_another_process_is_seen_too(client, account):
    assert not told(client)
    Account.objects.filter(pk=account.pk).update(state=State.COMPROMISED)
    assert told(client)


def test_the_warning_is_on_an_applicants_pages_and_in_text_only(account, officer, signed_in, applicant):
    switch(account, State.COMPROMISED, by=officer)
    book.forget()
    browser = signed_in(applicant)
    assert told(browser, "/en/my/")
    browser.cookies["view"] = "text"
    assert told(browser, "/en/my/")


def test_the_warning_costs_a_public_page_no_query(client, account, officer, django_assert_num_queries):
    switch(account, State.COMPROMISED, by=officer)
    client.get("/en/visas/")
    with django_assert_num_queries(1):
        assert told(client, "/en/visas/")


def test_switching_twice_is_recorded_once(account, officer):
    assert switch(account, State.COMPROMISED, by=officer)
    assert not switch(account, State.COMPROMISED, by=officer)
    entry = Entry.objects.get(verb="official_account.compromised")
    assert (entry.actor, entry.detail) == (officer, {"before": "active"})


def test_looking_at_an_account_is_recorded_with_the_day(account, officer):
    confirm(account, by=officer)
    account.refresh_from_db()
    assert account.verified_by == officer
    assert account.verified_on is not None
    assert Entry.objects.filter(verb="official_account.verified", actor=officer).count() == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://a.example", "data:text/html,x", " https://a", "tel:1", ""]
)
def test_an_address_that_is_not_safe_to_follow_is_refused_in_the_form_and_in_the_database(account, address):
    account.address = address
    with pytest.raises(ValidationError):
        account.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        account.save()


def test_an_account_that_does_not_speak_for_us_is_no_link(client, account, officer):
    assert f'href="{account.address}"' in client.get("/en/official-accounts/").text
    switch(account, State.CLOSED, by=officer)
    page = client.get("/en/official-accounts/").text
    assert f'href="{account.address}"' not in page
    assert "We no longer use this account" in page


def test_html_in_a_name_is_text(client, account, officer):
    Account.objects.filter(pk=account.pk).update(handle="<script>alert(1)</script>")
    account.refresh_from_db()
    switch(account, State.COMPROMISED, by=officer)
    assert "<script>alert" not in client.get("/en/official-accounts/").text


def test_a_network_with_a_name_in_the_readers_language_is_called_by_it(client, account):
    Account.objects.filter(pk=account.pk).update(network="Telephone")
    book.forget()
    assert "Téléphone ·" in client.get("/fr/official-accounts/").text


def test_without_accounts_the_page_says_so(db, client):
    assert "There is no account besides this website" in client.get("/en/official-accounts/").text


# On the bench


def act(client, action, account):
    return client.post(
        reverse("admin:officials_account_changelist"), {"action": action, "_selected_action": [account.pk]}
    )


@pytest.mark.parametrize(
    ("action", "state"), [("warn", State.COMPROMISED), ("close", State.CLOSED), ("verify", State.ACTIVE)]
)
def test_a_duty_officer_switches_in_the_list(account, signed_in, officer, action, state):
    allow(officer, "officials.view_account", "officials.change_account")
    assert act(signed_in(officer), action, account).status_code == 302
    account.refresh_from_db()
    assert account.state == state


def test_who_has_no_right_sees_no_list_and_switches_nothing(account, signed_in, officer):
    client = signed_in(officer)
    assert client.get(reverse("admin:officials_account_changelist")).status_code == 404
    assert act(client, "warn", account).status_code == 404
    account.refresh_from_db()
    assert account.state == State.ACTIVE


def test_who_only_looks_is_offered_no_switch(account, signed_in, officer):
    allow(officer, "officials.view_account")
    page = signed_in(officer).get(reverse("admin:officials_account_changelist"))
    assert page.status_code == 200
    assert b'value="warn"' not in page.content


def allow(user, *names):
    from django.contrib.auth.models import Permission

    for name in names:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def test_the_demonstration_has_eight_accounts_of_which_one_is_in_other_hands(data_site):
    assert Account.objects.count() == 8
    assert [each.code for each in Account.objects.compromised()] == ["mastodon-dorun"]
    for account in Account.objects.all():
        account.full_clean()
        assert set(account.purpose) == {"en", "fa", "ar", "fr", "es"}
