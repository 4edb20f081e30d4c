"""The law of the demonstration: `book` is its rows in memory, `law` puts them into the database of one test."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from embassy.demo import policy
from visas.policy.book import PolicyBook, read


@pytest.fixture(scope="package")
def book(django_db_setup: None, django_db_blocker) -> Iterator[PolicyBook]:
    with django_db_blocker.unblock(), transaction.atomic():
        policy.load()
        rows = read()
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def law(db: None) -> None:
    policy.load()
