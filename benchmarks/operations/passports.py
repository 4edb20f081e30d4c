"""The passport reader on pages of training's generator with a seed that training did not use, beside Tesseract."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import cv2

from benchmarks.bench import SEED, Bench
from benchmarks.measuring import cpu_seconds
from benchmarks.table import Row
from training.mrz.pages import TODAY, Page, pages

PAGES, BY_TESSERACT = 50, 12
MOST_DRAWN = 1000  # Until there are enough that a person can read
RIGHT, TIME = 5, 0.3
WHITELIST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
SHORTEST_LINE = 28


@dataclass
class Tally:
    """How many pages were read, how many right, how many accepted though wrong, and CPU seconds."""

    pages: int = 0
    right: int = 0
    wrong: int = 0
    seconds: float = 0.0

    def told(self) -> str:
        return f"{self.right} of {self.pages} right, {self.wrong} wrong, {self.seconds / self.pages:.2f} s CPU a page"


def run(bench: Bench) -> Iterator[Row]:
    from consular.documents.reading import read_passport

    readable = (page for page in pages(MOST_DRAWN, SEED) if page.readable)
    drawn = list(islice(readable, bench.times(PAGES)))
    read_passport(drawn[0].picture, today=TODAY)
    ours = [read(page) for page in drawn]
    yield Row("passport reader, pages that a person can read", total(ours).told(), "")
    if shutil.which("tesseract") is None:
        return
    theirs = [read_by_tesseract(page) for page in drawn[: bench.times(BY_TESSERACT)]]
    same, peer = total(ours[: len(theirs)]), total(theirs)
    told = f"Tesseract: {peer.told()}"
    yield Row(
        "passport reader, how often right",
        same.told(),
        told,
        same.right / max(1, peer.right),
        RIGHT,
        more_is_better=True,
    )
    yield Row("passport reader, time", same.told(), told, same.seconds / peer.seconds, TIME)


def total(tallies: list[Tally]) -> Tally:
    sums = (sum(getattr(one, name) for one in tallies) for name in ("pages", "right", "wrong", "seconds"))
    return Tally(*sums)


def read(page: Page) -> Tally:
    from consular.documents.reading import read_passport

    begun = time.process_time()
    reading = read_passport(page.picture, today=TODAY)
    seconds = time.process_time() - begun
    right = reading.lines == page.lines
    return Tally(1, right, reading.lines is not None and not right, seconds)


def read_by_tesseract(page: Page) -> Tally:
    """Give Tesseract the page as it is to be read, turned upright for it, in one thread as it is fastest."""
    upright = cv2.cvtColor(
        cv2.rotate(page.picture, TURNS[page.facts["turn"]]) if page.facts["turn"] else page.picture,
        cv2.COLOR_RGB2GRAY,
    )
    coded = cv2.imencode(".png", upright)[1].tobytes()
    command = ["tesseract", "-", "-", "--psm", "6", "-c", f"tessedit_char_whitelist={WHITELIST}"]
    begun = cpu_seconds()
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=coded, capture_output=True, check=True, env=environment)
    lines = ("".join(line.split()) for line in done.stdout.decode().splitlines())
    zone = tuple(line for line in lines if len(line) >= SHORTEST_LINE and "<" in line)
    return Tally(
        1, page.lines is not None and zone[-len(page.lines) :] == page.lines, 0, cpu_seconds() - begun
    )


# The page was turned by so many quarters to the left (numpy.rot90)
TURNS = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
