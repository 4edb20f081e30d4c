"""Who finds somebody's browser open cannot take the account over: what leads back into it is proved anew."""

import time

import pytest

from tests.consular.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS_PAGE = "/en/account/email/"


@pytest.fixture
def open_browser(signed_in):
    """Return a function that gives the browser of a person who proved their password so many seconds ago."""

    def browser(seconds):
        user = UserFactory()
        user.set_password(PASSWORD)
        user.save()
        client = signed_in(user, second_factor=False)
        session = client.session
        proof = {"method": "password", "at": time.time() - seconds, "reauthenticated": True}
        session["account_authentication_methods"] = [proof]
        session.save()
        return client

    return browser


@pytest.mark.parametrize(
    ("seconds", "leads_to"), [(60, "/en/account/confirm-email/"), (1000, "/en/account/reauthenticate/")]
)
def test_another_address_is_taken_from_who_has_just_proved_the_password(open_browser, seconds, leads_to):
    answer = open_browser(seconds).post(ADDRESS_PAGE, {"action_add": "", "email": "new@example.org"})
    assert answer["Location"].startswith(leads_to)
