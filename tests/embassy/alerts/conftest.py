"""The people of a duty: who writes, who approves, who translates; and an alert that holds."""

import pytest
from django.core.cache import cache

from embassy.alerts import book
from tests.factories.alerts import (
    PERSIAN,
    WORDS,
    AlertFactory,
    DraftFactory,
    SubscriberFactory,
    staff_who_may,
)


@pytest.fixture(autouse=True)
def _nothing_is_remembered(db):
    cache.clear()  # Limits on asking, which an earlier journey may have reached
    book.forget()
    yield
    book.forget()


@pytest.fixture
def duty(db):
    return staff_who_may("write", "approve", "send", email="duty@example.org", name="Duty One")


@pytest.fixture
def colleague(db):
    return staff_who_may("write", "approve", email="colleague@example.org", name="Duty Two")


@pytest.fixture
def translator(db):
    return staff_who_may("translate", email="translator@example.org", name="Translator")


@pytest.fixture
def alert(duty, colleague):
    """Return a live alert in English and Persian, written by `duty`, approved by `colleague`."""
    return AlertFactory(written_by=duty, approved_by=colleague, words={"en": WORDS, "fa": PERSIAN})


@pytest.fixture
def draft(duty):
    return DraftFactory(written_by=duty)


@pytest.fixture
def subscriber(db):
    return SubscriberFactory(email="reader@example.org")
