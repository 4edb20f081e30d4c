import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator

from consular.lib.encryption import UnreadableError, decrypt
from tests.consular.accounts.conftest import PASSWORD, code_of, sign_in_with_password

pytestmark = pytest.mark.django_db

STAFF_PAGES = ["/en/staff/", "/en/my/", "/en/my/messages/"]


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, officer_with_password):
    sign_in_with_password(client, officer_with_password)
    for page in STAFF_PAGES:
        assert client.get(page)["Location"] == "/en/account/2fa/"


@pytest.mark.django_db(transaction=True)
def test_staff_set_up_an_app_and_go_on(client, officer_with_password):
    sign_in_with_password(client, officer_with_password)
    assert client.get("/en/account/2fa/").status_code == 200
    client.post("/en/account/reauthenticate/?next=/en/account/2fa/totp/activate/", {"password": PASSWORD})
    client.get("/en/account/2fa/totp/activate/")
    client.post("/en/account/2fa/totp/activate/", {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/en/my/").status_code == 200


def test_staff_with_an_app_sign_in_with_password_and_code(client, officer_with_password, app_of):
    shown = app_of(officer_with_password)
    assert sign_in_with_password(client, officer_with_password)["Location"] == "/en/account/2fa/authenticate/"
    assert client.get("/en/my/").status_code == 302
    assert client.post("/en/account/2fa/authenticate/", {"code": shown()})["Location"] == "/en/staff/"
    assert client.get("/en/my/").status_code == 200


def test_a_session_made_by_other_means_must_prove_the_factor(officer, signed_in, app_of):
    app_of(officer)
    client = signed_in(officer, second_factor=False)
    for page in STAFF_PAGES:
        assert client.get(page)["Location"].startswith("/en/account/2fa/reauthenticate/?next=")


def test_the_factor_cannot_be_removed_by_a_session_that_has_not_proved_it(officer, signed_in, app_of):
    app_of(officer)
    client = signed_in(officer, second_factor=False)
    for page in ("/en/account/2fa/totp/deactivate/", "/en/account/2fa/", "/en/account/2fa/recovery-codes/"):
        assert client.get(page)["Location"].startswith("/en/account/2fa/reauthenticate/")


def test_proving_the_factor_leads_on_to_the_page_that_was_wanted(officer, signed_in, app_of):
    shown = app_of(officer)
    client = signed_in(officer, second_factor=False)
    proof = client.get("/en/my/messages/")["Location"]
    assert client.post(proof, {"code": shown(), "next": "/en/my/messages/"})["Location"] == "/en/my/messages/"
    assert client.get("/en/my/messages/").status_code == 200


def test_a_code_of_the_app_works_once(client, officer_with_password, app_of):
    code = app_of(officer_with_password)()
    for expected in (200, 302):
        client.logout()
        sign_in_with_password(client, officer_with_password)
        client.post("/en/account/2fa/authenticate/", {"code": code})
        assert client.get("/en/my/").status_code == expected


def test_public_pages_stay_open_to_staff_without_a_factor(officer, signed_in):
    assert signed_in(officer, second_factor=False).get("/en/status/").status_code == 200


def test_signing_out_is_always_possible(officer, signed_in, app_of):
    app_of(officer)
    client = signed_in(officer, second_factor=False)
    client.post("/en/account/logout/")
    assert "_auth_user_id" not in client.session


def test_applicants_need_no_second_factor(applicant, signed_in):
    assert signed_in(applicant, second_factor=False).get("/en/my/").status_code == 200


def test_proof_of_another_person_does_not_count(officer, other_officer, signed_in):
    client = signed_in(officer)
    session = client.session
    session["account_authentication_methods_user"] = str(other_officer.pk)
    session.save()
    assert client.get("/en/my/").status_code == 302


def test_the_secret_of_an_app_is_encrypted(officer, app_of):
    app_of(officer)
    stored = Authenticator.objects.get().data["secret"]
    assert stored.startswith("p1.")
    assert len(decrypt(stored, purpose="mfa.authenticator")) == 32


def test_a_secret_that_was_moved_or_changed_is_refused(officer, app_of):
    app_of(officer)
    stored = Authenticator.objects.get().data["secret"]
    with pytest.raises(UnreadableError):
        decrypt(stored, purpose="something.else")
    with pytest.raises(UnreadableError):
        decrypt(stored[:-4] + "AAAA", purpose="mfa.authenticator")


def test_who_has_a_passkey_only_is_asked_for_it_and_not_for_a_code(officer, signed_in):
    Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={})
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
    client = signed_in(officer, second_factor=False)
    assert client.get("/en/my/")["Location"].startswith("/en/account/2fa/webauthn/reauthenticate/")
    assert get_adapter().get_reauthentication_methods(officer)[0]["id"] == "mfa_reauthenticate:webauthn"
