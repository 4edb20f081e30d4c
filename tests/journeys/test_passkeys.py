"""Signing in with a passkey, in a real browser with a virtual authenticator, under the portal's content security policy."""

import pytest

from tests.journeys import steps

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_passkey_is_added_and_then_opens_the_account(visitor, mailbox, language):
    person = visitor(language)
    device = person.context.new_cdp_session(person.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    steps.open_an_account(person, mailbox, f"passkey.{language}@example.org")

    person.go("mfa_index")
    person.press("Add a passkey")
    person.press("Add a passkey")
    person.page.wait_for_url(person.address("mfa_view_recovery_codes"))
    person.look()

    person.go("account_logout")
    person.press("Sign out")
    person.go("account_login")
    person.press("Sign in with a passkey")
    person.page.wait_for_url(person.address("portal:home"))
    assert person.sees(person.says("You have not begun an application yet."))
