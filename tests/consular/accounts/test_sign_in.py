import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from consular.accounts.models import User
from consular.notifications.models import Message
from tests.consular.accounts.conftest import PASSWORD, sign_in_with_password
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client: Client, address: str, language: str = "en"):
    return client.post(f"/{language}/account/login/", {"login": address})


def enter_code(client: Client, code: str):
    return client.post("/en/account/login/code/confirm/", {"code": code})


@pytest.fixture
def person(applicant: User) -> User:
    applicant.emailaddress_set.create(email=applicant.email, primary=True, verified=True)
    return applicant


def test_a_person_signs_up_with_an_address_and_a_code(client, code_for):
    response = client.post("/fa/account/signup/", {"email": "New.Person@Example.org"})
    assert response["Location"] == "/fa/account/confirm-email/"
    client.post("/fa/account/confirm-email/", {"code": code_for("new.person@example.org")})
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.language) == ("new.person@example.org", "fa")
    assert not user.has_usable_password()
    assert Message.objects.get().language == "fa"


def test_a_person_signs_in_with_a_code(client, person, code_for):
    response = ask_for_code(client, person.email)
    assert response["Location"] == "/en/account/login/code/confirm/"
    response = enter_code(client, code_for(person.email))
    assert is_signed_in(client)
    assert response["Location"] == "/en/my/"


def test_a_code_may_be_typed_in_persian_digits_without_the_hyphen(client, person, code_for):
    ask_for_code(client, person.email)
    enter_code(client, code_for(person.email).replace("-", "").translate(PERSIAN))
    assert is_signed_in(client)


def test_an_address_may_be_typed_in_capitals(client, person, code_for):
    ask_for_code(client, person.email.upper())
    enter_code(client, code_for(person.email))
    assert is_signed_in(client)


def test_signing_in_leads_on_to_the_page_that_was_wanted(client, person, code_for):
    client.post(
        "/en/account/login/?next=/en/my/messages/", {"login": person.email, "next": "/en/my/messages/"}
    )
    response = client.post(
        "/en/account/login/code/confirm/?next=/en/my/messages/",
        {"code": code_for(person.email), "next": "/en/my/messages/"},
    )
    assert response["Location"] == "/en/my/messages/"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_host(client, person, code_for, target):
    client.post("/en/account/login/", {"login": person.email, "next": target})
    response = client.post(
        "/en/account/login/code/confirm/", {"code": code_for(person.email), "next": target}
    )
    assert response["Location"] == "/en/my/"


def test_three_wrong_codes_end_the_attempt(client, person, code_for):
    ask_for_code(client, person.email)
    for _ in range(3):
        enter_code(client, "0000-0000")
    enter_code(client, code_for(person.email))
    assert not is_signed_in(client)


def test_a_copied_session_gives_no_more_guesses(client, person, code_for):
    ask_for_code(client, person.email)
    stored = Session.objects.get(session_key=client.session.session_key).session_data
    for _ in range(3):
        enter_code(client, "0000-0000")
        Session.objects.filter(session_key=client.session.session_key).update(session_data=stored)
    enter_code(client, code_for(person.email))
    assert not is_signed_in(client)


def test_an_unknown_address_gets_the_same_answer_and_a_mail_that_says_so(client, person, mailed):
    known, unknown = ask_for_code(client, person.email), ask_for_code(Client(), "nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "/en/account/signup/" in mailed("nobody@example.org")[0]


def test_signing_up_with_a_known_address_gets_the_same_answer_and_another_mail(client, person, mailed):
    known = client.post("/en/account/signup/", {"email": person.email})
    unknown = Client().post("/en/account/signup/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "/en/account/login/" in mailed(person.email)[0]


def test_no_request_talks_to_a_mail_server(client, person, mailoutbox):
    ask_for_code(client, person.email)
    assert mailoutbox == []


def test_staff_get_no_code(client, officer_with_password, mailed):
    response = ask_for_code(client, officer_with_password.email)
    assert response["Location"] == "/en/account/login/code/confirm/"
    assert "/en/account/login/password/" in mailed(officer_with_password.email)[0]
    Client().post("/en/account/login/code/", {"email": officer_with_password.email})
    assert "/en/account/login/password/" in mailed(officer_with_password.email)[1]


def test_who_asked_for_a_code_may_still_choose_the_password(client, officer_with_password):
    ask_for_code(client, officer_with_password.email)
    assert client.get("/en/account/login/password/").status_code == 200
    assert (
        sign_in_with_password(client, officer_with_password)["Location"] != "/en/account/login/code/confirm/"
    )
    assert is_signed_in(client)


def test_a_password_is_possible(client, person):
    person.set_password(PASSWORD)
    person.save()
    sign_in_with_password(client, person)
    assert is_signed_in(client)


def test_a_closed_account_cannot_sign_in(client, person):
    person.set_password(PASSWORD)
    person.is_active = False
    person.save()
    sign_in_with_password(client, person)
    assert not is_signed_in(client)


def test_a_person_ends_their_other_sessions(person):
    person.set_password(PASSWORD)
    person.save()
    here, there = Client(), Client()
    for each in (here, there):
        sign_in_with_password(each, person)
        assert each.get("/en/my/").status_code == 200
    here.post("/en/account/sessions/")
    assert there.get("/en/my/").status_code == 302
    assert here.get("/en/my/").status_code == 200


def test_a_forgotten_password_is_set_anew_by_a_link(client, person, mailed):
    client.post("/en/account/password/reset/", {"email": person.email})
    link = next(line for line in mailed(person.email)[-1].splitlines() if "/password/reset/key/" in line)
    path = link[link.index("/en/") :]
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_every_page_of_the_account_opens(person, signed_in):
    client = signed_in(person)
    for path in (
        "",
        "email/",
        "password/set/",
        "2fa/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "sessions/",
        "logout/",
    ):
        for language in ("en", "fa"):
            response = client.get(f"/{language}/account/{path}", follow=True)
            assert response.status_code == 200, path


def test_every_page_before_the_account_opens(client):
    for path in ("login/", "login/code/", "login/password/", "signup/", "password/reset/", "inactive/"):
        for language in ("en", "fa"):
            assert client.get(f"/{language}/account/{path}").status_code == 200, path


def test_a_person_chooses_the_language_of_our_messages(person, signed_in):
    client = signed_in(person)
    client.post("/en/account/", {"name": "Shirin O'Azad", "language": "fa"})
    person.refresh_from_db()
    assert (person.name, person.language) == ("Shirin O'Azad", "fa")


def test_nobody_makes_themselves_staff(person, signed_in):
    signed_in(person).post(
        "/en/account/", {"name": "S", "language": "en", "is_staff": "on", "email": "x@example.org"}
    )
    person.refresh_from_db()
    assert (person.is_staff, person.email) == (False, "applicant@example.org")


def test_an_address_is_kept_in_lower_case_when_it_changes(person, signed_in, code_for):
    client = signed_in(person, second_factor=False)
    client.post("/en/account/email/", {"email": "Another@Example.org", "action_add": "yes"})
    client.post("/en/account/confirm-email/", {"code": code_for("another@example.org")})
    person.refresh_from_db()
    assert person.email == "another@example.org"


def test_sixty_characters_and_an_apostrophe_are_fine_for_a_name_and_a_nul_is_not(signed_in):
    user = UserFactory()
    response = signed_in(user).post("/en/account/", {"name": "a\x00b", "language": "en"})
    assert response.status_code == 200
    assert "cannot be stored" in response.content.decode()
