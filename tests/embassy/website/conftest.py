import pytest
from django.test import Client

from embassy.demo import missions, policy


@pytest.fixture
def site(db) -> Client:
    """Return a reader of the public site with the law and the missions of the demonstration."""
    missions.load()
    policy.load()
    return Client()
