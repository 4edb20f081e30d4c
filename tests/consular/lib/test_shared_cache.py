"""The cache of all processes: the first to add wins, and nothing is forgotten before its time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from consular.lib.limits import allow
from consular.lib.shared_cache import SharedCache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_and_never_swept_by_chance(db, monkeypatch):
    cache.clear()
    monkeypatch.setattr(SharedCache, "_sweep_sometimes", lambda self: None)


def later(seconds):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


def test_the_first_to_add_wins():
    assert cache.add("place", 1, timeout=60)
    assert not cache.add("place", 2, timeout=60)
    assert cache.get("place") == 1


def test_a_place_is_free_again_when_it_has_expired():
    cache.add("place", 1, timeout=60)
    with later(61):
        assert cache.get("place") is None
        assert cache.add("place", 2, timeout=60)
        assert cache.get("place") == 2


def test_to_set_replaces_what_is_held():
    cache.set("word", ["a", {"list": 1}], timeout=60)
    cache.set("word", "another", timeout=None)
    with later(10**8):
        assert cache.get("word") == "another"


def test_to_touch_keeps_an_entry_for_longer():
    cache.set("word", "kept", timeout=10)
    cache.touch("word", timeout=100)
    with later(50):
        assert cache.get("word") == "kept"


def test_a_write_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        cache.add("place", 1)
    with django_assert_num_queries(1):
        cache.set("place", 1)


def test_a_limit_outlives_a_thousand_other_entries():
    assert allow("sign-in", "person", tries=1, seconds=3600)
    for number in range(1000):
        cache.set(f"other {number}".replace(" ", "-"), 1, timeout=3600)
    cache.touch("other-1", timeout=3600)
    assert not allow("sign-in", "person", tries=1, seconds=3600)


def test_only_what_has_expired_is_swept():
    cache.set("short", 1, timeout=10)
    cache.set("long", 1, timeout=1000)
    with later(100):
        assert cache.sweep() == 1
        assert cache.sweep() == 0
        assert cache.get("long") == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_is_first():
    def add(number):
        try:
            return cache.add("place", number, timeout=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(40))) == 1
    cache.delete("place")
