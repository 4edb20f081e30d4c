"""Topics that only tests know."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from consular.outbox import effects
from consular.outbox.actions import owe
from consular.outbox.effects import Topic
from consular.outbox.models import Effect

pytestmark = pytest.mark.django_db


class Work:
    """A topic's function that remembers its calls and fails as told."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.error: BaseException | None = None

    def __call__(self, **ids: Any) -> None:
        self.calls.append(ids)
        if self.error:
            raise self.error


@pytest.fixture
def work() -> Iterator[Work]:
    work = Work()
    effects.topics()["test.work"] = Topic("test.work", work)
    yield work
    del effects.TOPICS["test.work"]


@pytest.fixture
def topic(work: Work) -> Topic:
    return effects.TOPICS["test.work"]


@pytest.fixture
def owed(db: None) -> Any:
    """Return a function that owes one effect and returns its row."""

    def owe_one(key: str = "work:1", topic: str = "test.work", **fields: Any) -> Effect:
        with transaction.atomic():
            owe(topic, key, thing_id=1)
        Effect.objects.filter(key=key).update(**fields)
        return Effect.objects.get(key=key)

    return owe_one
