from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from consular.lib.limits import allow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def tries(times, who="a"):
    return [allow("test", who, tries=3, seconds=60) for _ in range(times)]


@time_machine.travel("2026-11-24T10:00:00Z", tick=False)
def test_so_many_tries_and_no_more():
    assert tries(5) == [True, True, True, False, False]


@time_machine.travel("2026-11-24T10:00:00Z", tick=False)
def test_each_subject_has_its_own_limit():
    tries(3)
    assert tries(1, who="b") == [True]


def test_the_next_window_begins_afresh():
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False):
        tries(4)
    with time_machine.travel("2026-11-24T10:01:01Z", tick=False):
        assert tries(1) == [True]


def test_the_cache_holds_no_subject():
    allow("test", "someone@example.org", tries=3, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM cache")
        assert "someone" not in cursor.fetchone()[0]


def test_a_flood_of_other_tries_does_not_wipe_a_limit():
    tries(3)
    for number in range(400):
        allow("flood", str(number), tries=1, seconds=3600)
    assert tries(1) == [False]


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_do_not_slip_through():
    def guess(_):
        try:
            return allow("test", "a", tries=5, seconds=3600)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(40))) == 5
