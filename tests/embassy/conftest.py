from collections.abc import Callable

import pytest
from django.test import Client

from embassy.demo import missions, pages, people, policy, reaching


@pytest.fixture
def data_site(db: None) -> Client:
    """Return a reader of the law, the posts and the official accounts of the demonstration."""
    missions.load()
    policy.load()
    reaching.load()
    return Client()


@pytest.fixture
def whole_site(data_site: Client) -> Client:
    """Return a reader of everything that the demonstration publishes."""
    people.load(with_secrets=False)
    pages.load()
    return data_site


@pytest.fixture
def reader_of_text() -> Callable[[], Client]:
    """Return a function that opens a browser in which text only was chosen."""

    def opened() -> Client:
        client = Client()
        client.cookies["view"] = "text"
        return client

    return opened
