"""Two people who may change the law, and the law of the demonstration."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from consular.missions.models import Role
from embassy.demo import policy
from tests.factories.missions import PostingFactory
from visas.legislation.actions import Wanted, write_edit
from visas.legislation.models import Change
from visas.legislation.rows import altered, as_json
from visas.legislation.status import Act


@pytest.fixture(autouse=True)
def _law(db: None) -> None:
    policy.load()


def lawgiver(mission: Any, email: str, name: str) -> Any:
    user = PostingFactory(user__email=email, user__name=name, mission=mission, role=Role.CONSUL).user
    mine = Permission.objects.filter(content_type__app_label__in=["policy", "legislation"])
    user.user_permissions.set(mine)
    return user


@pytest.fixture
def author(mission: Any) -> Any:
    return lawgiver(mission, "author@example.org", "The author")


@pytest.fixture
def second(other_mission: Any) -> Any:
    return lawgiver(other_mission, "second@example.org", "The second person")


@pytest.fixture
def change(author: Any) -> Change:
    return Change.objects.create(title="Higher fees", why="Decree 9 of 2026", author=author)


def alteration(row: Any, **values: Any) -> Wanted:
    """Return the wish that a row says otherwise; `values` are JSON, by the names of columns."""
    before = as_json(row)
    return Wanted(Act.ALTER, row._meta.model_name, row.pk, altered(before, {**before, **values}), before)


def addition(row: Any) -> Wanted:
    return Wanted(Act.ADD, row._meta.model_name, None, as_json(row), {})


@pytest.fixture
def edit(change: Change, author: Any) -> Any:
    """Return a function that writes an edit into the change."""
    return lambda wanted, by=None: write_edit(change, wanted, by=by or author)
