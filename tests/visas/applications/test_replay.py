"""A session that ended while typing loses nothing."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consular.cases.models import Case
from consular.questionnaires import replay
from tests.factories.accounts import sign_in
from tests.factories.applications import complete
from visas.applications.models import VisaApplication

pytestmark = pytest.mark.django_db

TYPED = {"shown": "name-surname name-given", "name-surname": "آزاد", "name-given": "Shirin"}


def saved(draft):
    return {name: entry.value or entry.typed for name, entry in draft.sheet.entries().items()}


def test_what_was_typed_is_saved_after_signing_in_again(client, at, draft, applicant):
    url = at("page", "names")
    client.logout()
    response = client.post(url, TYPED)
    assert response.url == f"{reverse('account_login')}?next={url}"
    assert not saved(draft)
    sign_in(client, applicant)
    assert client.get(url).url == url  # The surname is not in Latin letters: the page comes again
    assert saved(draft) == {"name.surname": "آزاد", "name.given": "Shirin"}
    assert 'value="آزاد"' in client.get(url).content.decode()


def test_it_is_done_once(client, at, draft, applicant):
    client.logout()
    client.post(at("page", "names"), TYPED)
    sign_in(client, applicant)
    client.get(at("page", "names"))
    draft.sheet.answers.all().delete()
    assert client.get(at("page", "names")).status_code == 200
    assert not saved(draft)


def test_signing_in_by_the_form_keeps_it_too(client, at, draft, applicant, settings):
    applicant.set_password("correct horse battery staple")
    applicant.save()
    applicant.emailaddress_set.create(email=applicant.email, verified=True, primary=True)
    client.logout()
    client.post(at("page", "names"), TYPED)
    assert client.session.get(replay.KEY)
    session = client.session.session_key
    sign_in(client, applicant)  # Django's login(), which gives the session a new key
    assert client.session.session_key != session
    client.get(at("page", "names"))
    assert saved(draft)["name.given"] == "Shirin"


def test_a_session_that_the_server_forgot_keeps_it(client, at, draft, applicant):
    Session.objects.all().delete()
    client.post(at("page", "names"), TYPED)
    sign_in(client, applicant)
    client.get(at("page", "names"))
    assert saved(draft)["name.given"] == "Shirin"


def test_somebody_else_on_the_same_device_neither_sees_nor_saves_it(client, at, draft, stranger):
    client.logout()
    client.post(at("page", "names"), TYPED)
    sign_in(client, stranger)
    response = client.get(at("page", "names"))
    assert response.status_code == 404
    assert "Shirin" not in response.content.decode()
    assert not saved(draft)


def test_it_goes_to_its_own_page_only(client, at, draft, applicant):
    client.logout()
    client.post(at("page", "names"), TYPED)
    sign_in(client, applicant)
    assert client.get(at("page", "birth")).status_code == 200
    assert not saved(draft)
    client.get(at("page", "names"))
    assert saved(draft)


def test_it_waits_an_hour(client, at, draft, applicant, time_machine):
    client.logout()
    client.post(at("page", "names"), TYPED)
    time_machine.move_to(timezone.now() + timedelta(hours=1, minutes=1))
    sign_in(client, applicant)
    assert client.get(at("page", "names")).status_code == 200
    assert not saved(draft)


def test_more_than_any_page_of_ours_holds_is_not_kept(client, at):
    client.logout()
    client.post(at("page", "names"), {"name-surname": "a" * (replay.MOST_CHARACTERS + 1)})
    assert replay.KEY not in client.session


def test_a_long_persian_answer_is_kept(client, at, draft, applicant):
    client.logout()
    client.post(at("page", "purpose"), {"shown": "trip-details", "trip-details": "ش" * 5000})
    sign_in(client, applicant)
    client.get(at("page", "purpose"))
    assert saved(draft)["trip.details"] == "ش" * 5000


def test_pressing_submit_when_the_session_has_ended_submits_after_signing_in(client, at, draft, applicant):
    complete(draft)
    ticks = {f"declare-{each}": "on" for each in ("truth", "fee", "data", "leave")}
    client.logout()
    client.post(at("declaration"), {"shown": " ".join(ticks), **ticks})
    assert not Case.objects.exists()
    sign_in(client, applicant)
    assert client.get(at("declaration")).url == at("submitted")
    assert Case.objects.count() == 1


def test_a_started_application_is_kept_too(client, applicant, draft):
    url = reverse("applications:start")
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())[1]
    client.logout()
    client.post(url, {"token": token, "category": "TV", "residence": "QNR"})
    sign_in(client, applicant)
    assert client.get(url).status_code == 302
    assert VisaApplication.objects.count() == 2


def test_a_get_of_a_signed_out_person_keeps_nothing(client, at):
    client.logout()
    client.get(at("page", "names"))
    assert replay.KEY not in client.session


def test_each_of_two_tabs_keeps_its_page(client, at, draft, applicant):
    client.logout()
    client.post(at("page", "names"), TYPED)
    client.post(at("page", "birth"), {"shown": "birth-place", "birth-place": "Sabel"})
    sign_in(client, applicant)
    client.get(at("page", "birth"))
    client.get(at("page", "names"))
    assert saved(draft) == {"name.surname": "آزاد", "name.given": "Shirin", "birth.place": "Sabel"}


def test_only_a_few_pages_wait(client, at):
    client.logout()
    for name in ("names", "birth", "person", "nationality", "passport"):
        client.post(at("page", name), {"shown": ""})
    assert list(client.session[replay.KEY]) == [
        at("page", name) for name in ("person", "nationality", "passport")
    ]


def test_a_draft_of_a_signed_out_person_is_done_again_as_a_save_that_leads_on(client, at, draft, applicant):
    url = at("page", "names")
    client.logout()
    client.post(f"{url}?draft", TYPED)
    sign_in(client, applicant)
    assert client.get(url).status_code == 302
    assert saved(draft)["name.given"] == "Shirin"


def test_a_draft_never_takes_the_place_of_what_was_sent_by_a_button(client, at, draft, applicant):
    url = at("page", "names")
    client.logout()
    client.post(f"{url}?draft", {"shown": "name-given", "name-given": "Shi"})
    client.post(url, TYPED)
    client.post(f"{url}?draft", {"shown": "name-given", "name-given": "S"})
    sign_in(client, applicant)
    client.get(url)
    assert saved(draft)["name.given"] == "Shirin"


# Signed in anew in another tab: the token of this one is stale


@pytest.fixture
def strict(applicant):
    return sign_in(Client(enforce_csrf_checks=True), applicant)


def test_a_stale_token_shows_what_was_typed_to_be_sent_again(strict, at, draft):
    url = at("page", "names")
    strict.get(url)
    response = strict.post(url, TYPED | {"csrfmiddlewaretoken": "a" * 64})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Save what you typed" in page
    assert 'name="name-surname" value="آزاد"' in page
    assert not saved(draft)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert strict.post(url, fields).status_code == 302
    assert saved(draft)["name.given"] == "Shirin"


def test_what_another_site_sends_is_turned_away(strict, at, draft):
    strict.get(at("page", "names"))
    response = strict.post(at("page", "names"), TYPED, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert "Shirin" not in response.content.decode()
    assert not saved(draft)


def test_pages_that_keep_nothing_say_what_to_do(strict, at):
    response = strict.post(at("discard"), {"x": "typed words"})
    assert response.status_code == 403
    assert "typed words" not in response.content.decode()


def test_nobody_fills_the_database_with_what_they_type(at, monkeypatch):
    monkeypatch.setattr(replay, "KEPT_AN_HOUR", 2)
    cache.clear()
    for _ in range(4):
        Client().post(at("page", "names"), TYPED)
    assert sum(replay.KEY in session.get_decoded() for session in Session.objects.all()) == 2
