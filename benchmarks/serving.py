"""gunicorn as `run.py` starts it, the CPU time that it takes, and a small client that asks it much."""

import contextlib
import http.client
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

CONNECTIONS = 8  # 2 workers × 4 threads


@dataclass(frozen=True)
class Ask:
    """One request. `form` makes it a POST."""

    path: str
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    expect: int = 200


@dataclass(frozen=True)
class Load:
    """What a load came to: CPU milliseconds of the server a request, and requests a second by the clock."""

    cpu: float
    rate: float


class Server:
    """A running gunicorn with two workers of four threads."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def cpu_seconds(self) -> float:
        """Return the CPU time of the arbiter and its workers so far."""
        arbiter = self.process.pid
        workers = [int(each) for each in Path(f"/proc/{arbiter}/task/{arbiter}/children").read_text().split()]
        return sum(time.clock_gettime(cpu_clock(process)) for process in (arbiter, *workers))

    def connect(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def ask(self, ask: Ask, connection: http.client.HTTPConnection | None = None) -> http.client.HTTPResponse:
        """Send one request and read its answer; the answer keeps its bytes as `.content`."""
        link = connection or self.connect()
        body = urlencode(ask.form) if ask.form is not None else None
        headers = dict(ask.headers)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request("GET" if body is None else "POST", ask.path, body, headers)
        response = link.getresponse()
        response.content = response.read()  # type: ignore[attr-defined]
        if response.status != ask.expect:
            raise RuntimeError(f"{ask.path}: {response.status} instead of {ask.expect}")
        return response

    def load(self, asks: Iterable[Ask]) -> Load:
        """Send all requests over CONNECTIONS connections at once."""
        waiting: queue.SimpleQueue[Ask] = queue.SimpleQueue()
        for ask in asks:
            waiting.put(ask)
        count = waiting.qsize()
        cpu, clock = self.cpu_seconds(), time.perf_counter()
        self._drain(waiting)
        seconds = time.perf_counter() - clock
        return Load((self.cpu_seconds() - cpu) * 1000 / count, count / seconds)

    def _drain(self, waiting: "queue.SimpleQueue[Ask]") -> None:
        failures: list[BaseException] = []
        threads = [threading.Thread(target=self._work, args=(waiting, failures)) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def _work(self, waiting: "queue.SimpleQueue[Ask]", failures: list[BaseException]) -> None:
        with contextlib.closing(self.connect()) as connection:
            try:
                while True:
                    self.ask(waiting.get_nowait(), connection)
            except queue.Empty:
                pass
            except BaseException as error:  # noqa: BLE001 - told by the thread that waits
                failures.append(error)


def cpu_clock(process: int) -> int:
    """Return the id of the kernel's CPU clock of a process (clock_getcpuclockid(3), CPUCLOCK_SCHED)."""
    return (~process << 3) | 2


def interleaved_loads(rounds: int, *loads: tuple[Server, list[Ask]]) -> list[Load]:
    """Load servers in turn, so many times after one short round that does not count; return each one's median."""
    for server, asks in loads:
        server.load(asks[: 2 * CONNECTIONS])
    found = [[server.load(asks) for server, asks in loads] for _ in range(rounds)]
    return [middle([one[place] for one in found]) for place in range(len(loads))]


def middle(loads: list[Load]) -> Load:
    return sorted(loads, key=lambda load: load.cpu)[len(loads) // 2]


@contextlib.contextmanager
def served(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Serve a WSGI application until the block ends."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    command: list[Any] = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"fd://{listener.fileno()}",
        "--preload",
    ]
    command += [
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
        "--no-control-socket",
        "--keep-alive",
        "30",
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            pass_fds=(listener.fileno(),),
            stdout=output,
            stderr=output,
        )
    try:
        server = Server(process, listener.getsockname()[1])
        wait_for(server, log)
        yield server
    finally:
        process.terminate()
        process.wait(30)
        listener.close()


def wait_for(server: Server, log: Path) -> None:
    for _ in range(600):
        if server.process.poll() is not None:
            raise RuntimeError(f"gunicorn ended:\n{log.read_text()[-2000:]}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            server.ask(Ask("/healthz/live" if "portal" in log.name else "/"))
            return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
