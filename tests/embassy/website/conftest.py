from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from embassy.demo import missions, policy


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Every test happens on 24 November 2026."""
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def site(db: None) -> Client:
    """Return a reader of the public site with the law and the missions of the demonstration."""
    missions.load()
    policy.load()
    return Client()
