"""A real browser, a real dispatcher, a real worker: what the journeys travel with."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser

from consular.outbox.models import Effect
from embassy.alerts import book as alerts
from embassy.demo import missions, people, policy as law, questionnaire
from embassy.officials import book as officials
from tests.journeys.traveller import Visitor

# Playwright's synchronous API runs a loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(autouse=True)
def _nothing_is_warned_of() -> None:
    """Have this process know nothing yet: the site of a whole file of journeys may warn of something."""
    alerts.forget()
    officials.forget()


@pytest.fixture(scope="module")
def workshop(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Start the dispatcher and a worker on the test database; yields the folder where their mail arrives.

    They stop with the file of journeys: other tests owe work in the same database and do it themselves.
    """
    mail = Path(settings.DATA_DIR) / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    commands = [
        [sys.executable, "manage.py", "dispatch"],
        [sys.executable, "-m", "celery", "-A", "embassy", "worker", "--pool", "solo", "--loglevel", "warning",
         "--without-gossip", "--without-mingle"],
    ]  # fmt: skip
    with (tmp_path_factory.mktemp("workshop") / "log").open("wb") as log:
        places = {"cwd": ROOT, "env": workshop_environment(), "stdout": log, "stderr": log}
        children = [subprocess.Popen(command, **places) for command in commands]
        yield mail
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=30)


def workshop_environment() -> dict[str, str]:
    host, name = quote(str(connection.settings_dict["HOST"]), safe=""), connection.settings_dict["NAME"]
    user, port = connection.settings_dict["USER"], connection.settings_dict["PORT"]
    password = quote(connection.settings_dict["PASSWORD"], safe="")
    login = f"{user}:{password}" if password else user
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "embassy.settings.test",
        "PORTAL_DATABASE_URL": f"postgresql://{login}@{host}{f':{port}' if port else ''}/{name}",
        "PORTAL_TEST_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONWARNINGS": "default",
    }


@pytest.fixture
def address(live_server: Any) -> str:
    """Return where the browser finds the server: by a name, since a passkey belongs to one."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def demo(transactional_db: None, workshop: Path, settings: Any, address: str) -> Iterator[None]:
    """Load the demonstration's small data into an empty database; afterwards wait until nothing is owed."""
    settings.SITE_URL = address
    for old in workshop.iterdir():
        old.unlink()
    missions.load()
    law.load()
    people.load(with_secrets=True)
    questionnaire.load()
    yield
    settle()


def settle(seconds: float = 60) -> None:
    """Wait until no effect is owed any more."""
    until = time.monotonic() + seconds
    while (owed := list(Effect.objects.filter(status__in=Effect.OPEN))) and time.monotonic() < until:
        time.sleep(0.1)
    assert owed == []
    assert list(Effect.objects.filter(status=Effect.Status.DEAD)) == []


@pytest.fixture
def settled() -> Callable[[], None]:
    """Return a function that waits until nothing is owed any more."""
    return settle


@pytest.fixture
def visitor(browser: Browser, address: str, demo: None) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a browser for a person: `visitor("fa", javascript=False)`."""
    opened: list[Visitor] = []

    def arrive(
        language: str = "en", *, javascript: bool = True, width: int = 360, height: int = 740
    ) -> Visitor:
        person = Visitor(browser, address, language, javascript=javascript, size=(width, height))
        opened.append(person)
        return person

    yield arrive
    for person in opened:
        person.leave()


@pytest.fixture
def mailbox(workshop: Path) -> Callable[[str], list[Any]]:
    """Return a function that reads the mail to an address, oldest first."""

    def read(address: str) -> list[Any]:
        settle()
        letters = [
            message_from_bytes(part.strip() + b"\n", policy=policy.default)
            for path in sorted(workshop.iterdir(), key=lambda path: path.stat().st_mtime)
            for part in re.split(rb"\n-{79}\n", path.read_bytes())
            if part.strip()
        ]
        return [letter for letter in letters if letter["To"] and address in letter["To"]]

    return read
