"""People at the sign-in pages, and their mail."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from consular.accounts.models import User
from consular.notifications.models import Delivery

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def mailed() -> Callable[[str], list[str]]:
    """Return a function that gives the bodies of the mails to an address, oldest first."""

    def bodies(address: str) -> list[str]:
        return [delivery.message.body for delivery in Delivery.objects.filter(address=address).order_by("pk")]

    return bodies


@pytest.fixture
def code_for(mailed: Callable[[str], list[str]]) -> Callable[[str], str]:
    """Return a function that gives the newest code mailed to an address."""

    def newest(address: str) -> str:
        found = re.search(r"^(\d{4}-\d{4})$", mailed(address)[-1], re.MULTILINE)
        assert found, mailed(address)
        return found[1]

    return newest


@pytest.fixture
def officer_with_password(officer: User) -> User:
    officer.set_password(PASSWORD)
    officer.save()
    officer.emailaddress_set.create(email=officer.email, primary=True, verified=True)
    return officer


@pytest.fixture
def app_of() -> Callable[[User], Callable[[], str]]:
    """Return a function that sets up an authenticator app and gives the function that shows its code now."""

    def set_up(user: User) -> Callable[[], str]:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return lambda: code_of(secret)

    return set_up


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in_with_password(client: Client, user: User):
    return client.post("/en/account/login/password/", {"login": user.email, "password": PASSWORD})
