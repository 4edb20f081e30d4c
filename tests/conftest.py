"""The standing cast: the people who appear in every scene, and a database that lets tests clean up.

applicant     applies
stranger      has an account and no business here
officer       serves at `mission`
other_officer serves there too
consul        heads it
auditor       may look at it
officer_elsewhere serves at `other_mission`
"""

import math
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from consular.accounts.models import User
from consular.lib.multilingual import Multilingual
from consular.missions.models import Mission, Role
from embassy.alerts import book as alerts
from embassy.officials import book as officials
from tests.factories.accounts import SuperuserFactory, UserFactory, sign_in
from tests.factories.missions import MissionFactory, PostingFactory

# A browser knows `localhost` by itself; a bare machine may not.
os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Have a test database for whoever asks, and never the developer's own.

    pytest-django has one only where single tests ask, not where a fixture of a whole file alone does.
    """
    with django_db_blocker.unblock():
        kept = django_db_keepdb and not django_db_createdb
        made = setup_databases(verbosity=0, interactive=False, keepdb=kept, serialized_aliases=set())
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture
def mission(db: None) -> Mission:
    return MissionFactory(code="port-sabel", name=Multilingual(en="Embassy Port Sabel", fa="سفارت پورت سابل"))


@pytest.fixture
def other_mission(db: None) -> Mission:
    return MissionFactory(code="dorun", name=Multilingual(en="Embassy Dorun", fa="سفارت دورون"))


@pytest.fixture
def applicant(db: None) -> User:
    return UserFactory(email="applicant@example.org", name="Shirin Azad")


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory(email="stranger@example.org", name="Stranger")


@pytest.fixture
def officer(mission: Mission) -> User:
    return PostingFactory(user__email="officer@example.org", user__name="Officer One", mission=mission).user


@pytest.fixture
def other_officer(mission: Mission) -> User:
    return PostingFactory(
        user__email="other.officer@example.org", user__name="Officer Two", mission=mission
    ).user


@pytest.fixture
def consul(mission: Mission) -> User:
    return PostingFactory(
        user__email="consul@example.org", user__name="Consul", mission=mission, role=Role.CONSUL
    ).user


@pytest.fixture
def auditor(mission: Mission) -> User:
    return PostingFactory(
        user__email="auditor@example.org", user__name="Auditor", mission=mission, role=Role.AUDITOR
    ).user


@pytest.fixture
def officer_elsewhere(other_mission: Mission) -> User:
    return PostingFactory(
        user__email="officer.elsewhere@example.org", user__name="Officer Elsewhere", mission=other_mission
    ).user


@pytest.fixture
def superuser(db: None) -> User:
    return SuperuserFactory(email="root@example.org", name="Superuser")


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Return a function that makes a client signed in as a person: `signed_in(officer).get(…)`."""

    def client_of(user: Any, *, second_factor: bool = True) -> Client:
        return sign_in(Client(), user, second_factor=second_factor)

    return client_of


# How long one example takes says nothing on a machine that does more besides.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _every_test_begins_in_english() -> Iterator[None]:
    """Forget the language that a request left behind in the thread."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_is_warned_of() -> None:
    """Have this process know that there are no alerts and no accounts in other hands.

    It knows so for some seconds after each look; here until a test makes one, so that no look falls among the
    queries that a test counts.
    """
    for book in (alerts, officials):
        book.shelf.keep(book.shelf.before, seconds=math.inf)


APPEND_ONLY = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE tgfoid = to_regproc('refuse_change') AND NOT tgisinternal
"""


def switch_triggers(state: str) -> None:
    """Switch the triggers that refuse changes `ENABLE` or `DISABLE`."""
    with connection.cursor() as cursor:
        cursor.execute(APPEND_ONLY)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_may_be_emptied_between_tests() -> Iterator[None]:
    """Let a test that commits end with TRUNCATE of every table, which append-only tables refuse."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        switch_triggers("DISABLE")
        try:
            flush(self)
        finally:
            switch_triggers("ENABLE")

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
