"""Pages that are left without a button, and sessions that end: what the server does about them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import sign_in
from tests.factories.applications import answer, submitted_application, tourist

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def given(draft):
    return {name: entry.value or entry.typed for name, entry in draft.sheet.entries().items()}


# Leaving a page


def leave(client, address, **typed):
    return client.post(f"{address}?draft", {name.replace("__", "-"): value for name, value in typed.items()})


def test_a_draft_is_saved_and_leads_nowhere(client, at, draft):
    response = leave(client, at("page", "names"), shown="name-given", name__given="SHIR")
    assert (response.status_code, response.content) == (204, b"")
    assert given(draft) == {"name.given": "SHIR"}


def test_what_is_wrong_is_kept_as_typed(client, at, draft):
    leave(client, at("page", "contact"), shown="contact-email", contact__email="shirin@")
    assert given(draft) == {"contact.email": "shirin@"}


def test_two_tabs_keep_both_for_only_what_is_shown_is_taken(client, at, draft):
    answer(draft, tourist())
    leave(client, at("page", "names"), shown="name-surname", name__surname="KARIMI", name__given="")
    leave(client, at("page", "names"), shown="name-given", name__surname="AZAD", name__given="LEILA")
    assert (given(draft)["name.surname"], given(draft)["name.given"]) == ("KARIMI", "LEILA")


def test_the_declaration_is_never_saved_in_passing(client, at, draft):
    assert "data-autosave" in text(client.get(at("page", "names")))
    answer(draft, tourist())
    assert "data-autosave" not in text(client.get(at("declaration"), follow=True))


def test_a_submitted_application_takes_none(client, applicant):
    application = submitted_application(applicant=applicant)
    before = given(application)
    leave(
        client,
        reverse("applications:page", args=[application.pk, "names"]),
        shown="name-given",
        name__given="X",
    )
    assert given(application) == before


def test_another_site_can_send_none(applicant, at, draft):
    strict = sign_in(Client(enforce_csrf_checks=True), applicant)
    assert leave(strict, at("page", "names"), shown="name-given", name__given="X").status_code == 403
    assert not given(draft)


def test_strangers_send_none(signed_in, stranger, at, draft):
    response = leave(signed_in(stranger), at("page", "names"), shown="name-given", name__given="X")
    assert response.status_code == 404
    assert not given(draft)


# The end of a session


def test_a_page_says_until_when_one_is_signed_in(client, at):
    page = text(client.get(at("page", "names")))
    ends = client.session.model.objects.get().expire_date
    assert f"{ends:%H:%M}" in page
    assert "You are signed in until" in page
    assert 'data-session-warn="300"' in page
    assert reverse("accounts:stay") in page


def test_staying_lets_the_session_last_anew(client, at, time_machine):
    client.get(at("page", "names"))
    later = timezone.now() + timedelta(hours=11)
    time_machine.move_to(later)
    stay = client.post(reverse("accounts:stay"), {"next": at("page", "names")})
    assert stay.url == at("page", "names")
    time_machine.move_to(later + timedelta(hours=11))
    assert client.get(at("page", "names")).status_code == 200


def test_without_staying_it_ends(client, at, time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=12, minutes=1))
    assert client.get(at("page", "names")).url.startswith(reverse("account_login"))


def test_a_script_stays_where_it_is(client):
    assert client.post(reverse("accounts:stay"), {"quiet": "yes"}).status_code == 204


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "", "\x00", "javascript:alert(1)"]
)
def test_staying_leads_to_pages_of_ours_only(client, address):
    assert client.post(reverse("accounts:stay"), {"next": address}).url == reverse("portal:home")


def test_looking_does_not_prolong_a_session(client, at):
    client.get(at("page", "names"))
    ends = client.session.model.objects.get().expire_date
    client.get(at("page", "names"))
    assert client.session.model.objects.get().expire_date == ends


def test_who_is_signed_out_cannot_stay(db):
    assert Client().post(reverse("accounts:stay")).url.startswith(reverse("account_login"))
