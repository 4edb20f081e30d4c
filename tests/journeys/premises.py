"""One furnished database and one server for a whole file of journeys: what each of them leaves, the next one finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from embassy.demo import alerts, missions, pages, people, policy as law, questionnaire, reaching, search
from tests.conftest import switch_triggers
from tests.journeys.conftest import settle


@pytest.fixture(scope="module", name="site")
def furnished_site(django_db_setup: None, django_db_blocker: Any, workshop: Path) -> Iterator[str]:
    """Yield the address of a portal with the small data of the demonstration, for all tests of the file."""
    with django_db_blocker.unblock():
        furnish()
        server = LiveServer("127.0.0.1")
        address = server.url.replace("127.0.0.1", "localhost")
        with override_settings(SITE_URL=address):
            yield address
            settle()
        server.stop()
        clear()


@pytest.fixture(scope="module", name="public")
def published_site(site: str, django_db_blocker: Any) -> str:
    """Return the address of the same portal with everything that the public reads."""
    with django_db_blocker.unblock():
        for part in (pages, reaching, alerts, search):
            with transaction.atomic():
                part.load()
    return site


def furnish() -> None:
    missions.load()
    law.load()
    people.load(with_secrets=True)
    questionnaire.load()


def clear() -> None:
    switch_triggers("DISABLE")
    try:
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)
    finally:
        switch_triggers("ENABLE")
