"""One furnished database and one server for a whole file of journeys: what each of them leaves, the next one finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from embassy.demo import missions, people, policy as law, questionnaire
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
