from collections.abc import Callable

import pytest
from django.test import Client

from embassy.demo import missions, pages, people, policy, reaching


@pytest.fixture
def whole_site(db: None) -> Client:
    """Return a reader of everything that the demonstration publishes."""
    missions.load()
    policy.load()
    people.load(with_secrets=False)
    reaching.load()
    pages.load()
    return Client()


@pytest.fixture
def reader_of_text() -> Callable[[], Client]:
    """Return a function that opens a browser in which text only was chosen."""

    def opened() -> Client:
        client = Client()
        client.cookies["view"] = "text"
        return client

    return opened
