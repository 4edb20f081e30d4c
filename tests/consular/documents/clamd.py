"""A real ClamAV daemon with one signature of our own: that of the EICAR test string, which harms nobody."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from consular.documents import scanning

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "Portal.Test.EICAR"
PATIENCE = 30  # seconds


@contextlib.contextmanager
def running(*, stream_limit: str = "25M") -> Iterator[str]:
    """Start a daemon, yield its address for PORTAL_CLAMD_URL, and stop it."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        place = Path(folder)
        (place / "own.ndb").write_text(f"{SIGNATURE}:0:*:{EICAR.hex()}\n")
        socket = place / "socket"
        (place / "clamd.conf").write_text(
            f"DatabaseDirectory {place}\nLocalSocket {socket}\nForeground yes\nStreamMaxLength {stream_limit}\n"
        )
        daemon = subprocess.Popen(
            [program(), "-c", str(place / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield _ready(f"unix://{socket}", daemon)
        finally:
            daemon.kill()
            daemon.wait()


def program() -> str:
    """Return the daemon's path: `run.py test` names it, and unpacks it where there is none."""
    found = os.environ.get("PORTAL_TEST_CLAMD") or shutil.which("clamd")
    if not found:
        raise RuntimeError("There is no clamd here: run the tests by `python3 run.py test`.")
    return found


def _ready(url: str, daemon: subprocess.Popen[bytes]) -> str:
    from django.test import override_settings

    begun = time.monotonic()
    with override_settings(CLAMD_URL=url):
        while not scanning.answers():
            if daemon.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise RuntimeError("clamd does not start")
            time.sleep(0.1)
    return url
