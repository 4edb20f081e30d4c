import pytest
from django.test import RequestFactory

from consular.accounts.addresses import client_address


def address(remote, **headers):
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
    ],
)
def test_a_client_cannot_change_the_address_that_is_counted(remote, counted):
    assert address(remote) == counted


def test_what_a_client_says_of_itself_counts_only_behind_a_proxy(settings):
    forged = {"x-forwarded-for": "198.51.100.1"}
    assert address("203.0.113.7", **forged) == "203.0.113.7"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address("127.0.0.1", **{"x-forwarded-for": "198.51.100.1, 203.0.113.7"}) == "203.0.113.7"
