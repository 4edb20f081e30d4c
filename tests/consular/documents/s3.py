"""A real S3 server over HTTP, in a process of its own, and a line to it that can be cut."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

ACCESS, SECRET, BUCKET = "portal", "a-secret-of-the-tests", "documents"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def served() -> Iterator[int]:
    """Run the server and yield its port."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the S3 server did not start")


class Line:
    """What connections to the server go through. `cut()` refuses them, and drops those that are open."""

    def __init__(self, to: int) -> None:
        self.to, self.port = to, free_port()
        self.up, self.open = True, set[socket.socket]()
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.up = False
        for end in list(self.open):
            self._close(end)

    def mend(self) -> None:
        self.up = True

    def close(self) -> None:
        self.cut()
        self._close(self.door)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.door.accept()
                if not self.up:
                    self._close(near)
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
                self.open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while content := source.recv(65536):
                target.sendall(content)
        for end in (source, target):
            self._close(end)

    def _close(self, end: socket.socket) -> None:
        self.open.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def client(port: int) -> Any:
    """Return somebody who looks into the bucket from elsewhere than the portal."""
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=ACCESS,
        aws_secret_access_key=SECRET,
    )
