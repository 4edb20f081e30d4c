"""Ask the ClamAV daemon about a file, where one is set up (PORTAL_CLAMD_URL): `clamd(8)`, INSTREAM.

Own words to its socket: the libraries that speak to it are abandoned, or bind us to the GPL, and all read files by name.
"""

import contextlib
import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 60  # seconds without a word
CHUNK = 256 * 1024  # bytes; far under every StreamMaxLength
LONGEST_ANSWER = 4096
FOUND = re.compile(r"stream: (?P<signature>.{1,100}) FOUND")
CLEAN = "stream: OK"


class ScannerAwayError(OSError):
    """The daemon does not answer, or not as it should: the file is not to blame, and is asked about again."""


@dataclass(frozen=True)
class Scan:
    """What the daemon says: the name of the signature that it found, '' for none, and its own version."""

    signature: str
    engine: str

    @property
    def is_clean(self) -> bool:
        return not self.signature


def is_set_up() -> bool:
    return bool(settings.CLAMD_URL)


def scan(original: IO[bytes]) -> Scan:
    """Return what the daemon says about all of `original`, which is read to its end; `ScannerAwayError` if it does not."""
    engine = version()
    answer = _said("INSTREAM", original)
    if answer == CLEAN:
        return Scan("", engine)
    if found := FOUND.fullmatch(answer):
        return Scan(found["signature"], engine)
    raise ScannerAwayError("clamd answered otherwise than OK or FOUND")


def version() -> str:
    """Return the version of the daemon and of its signatures, such as 'ClamAV 1.4.6/27500/Mon Nov 23 …'."""
    answer = _said("VERSION")
    if not answer.startswith("ClamAV "):
        raise ScannerAwayError("clamd does not say its version")
    return answer[:100]


def answers() -> bool:
    """Tell whether the daemon answers; for the health check."""
    try:
        return _said("PING") == "PONG"
    except ScannerAwayError:
        return False


def _said(command: str, stream: IO[bytes] | None = None) -> str:
    """Return the daemon's answer to a command, with a stream behind it or without."""
    try:
        with _connected() as line:
            line.sendall(b"z" + command.encode() + b"\0")
            if stream is not None:
                _send(line, stream)
            return _answer(line)
    except ScannerAwayError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise ScannerAwayError("clamd is away") from error


@contextlib.contextmanager
def _connected() -> Iterator[socket.socket]:
    """Connect to unix:/path or tcp://host:port."""
    url = urlsplit(settings.CLAMD_URL)
    if url.scheme == "unix":
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(TIMEOUT)
            line.connect(url.path)
            yield line
    else:
        with socket.create_connection((url.hostname or "", url.port or 3310), timeout=TIMEOUT) as line:
            yield line


def _send(line: socket.socket, stream: IO[bytes]) -> None:
    """Send a stream in chunks, each after its length. One that is too long for the daemon, it answers in the middle."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for chunk in iter(partial(stream.read, CHUNK), b""):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    """Return the answer, which ends with a NUL."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0").decode()
