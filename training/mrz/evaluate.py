"""Measure the reader on pages that training never saw, beside Tesseract if it is installed.

    python -m training.mrz.evaluate --pages 400 --seed 2026 [--tesseract 60]

Prints, for every kind of page, how many a person could read, on how many of those all lines came
out exactly right, how often something wrong was accepted (this must be 0), and seconds of one
core a page. Tesseract gets the lines that our locator cut, one call a line, and counts as right
when its text is, fillers and all; it has no check digits to refuse by.
"""

import argparse
import collections
import subprocess
import time

import cv2

from consular.documents.reading import read_passport
from consular.documents.reading.arrays import Grey
from consular.documents.reading.attempts import BOTH, better_direction
from consular.documents.reading.passport import grey_of, likeliest_places
from consular.documents.reading.strips import Look, cut_line
from training.mrz.pages import TODAY, Page, pages

WHITELIST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


def tesseract_line(line: Grey) -> str:
    """Read one line's picture with Tesseract's own English model."""
    coded = cv2.imencode(".png", cv2.copyMakeBorder(line, 12, 12, 12, 12, cv2.BORDER_REPLICATE))[1]
    command = ["tesseract", "-", "-", "--psm", "7", "-c", f"tessedit_char_whitelist={WHITELIST}"]
    done = subprocess.run(command, input=coded.tobytes(), capture_output=True, check=False)
    return "".join(done.stdout.decode().split())


def tesseract_lines(page: Page) -> tuple[str, ...]:
    """Read both lines of the likeliest place of a page with Tesseract."""
    grey = grey_of(page.picture)
    for place in likeliest_places(grey)[:1]:
        lines, _ = better_direction(grey, place)
        return tuple(tesseract_line(cut_line(grey, lines, at, Look())) for at in BOTH)
    return ()


def measure(count: int, seed: int, tesseract: int) -> None:
    """Read `count` pages and print the figures; Tesseract reads the first `tesseract` of them."""
    tally: collections.Counter[tuple[str, str]] = collections.Counter()
    for number, page in enumerate(pages(count, seed)):
        begun = time.process_time()
        reading = read_passport(page.picture, today=TODAY)
        tally["", "milliseconds"] += round((time.process_time() - begun) * 1000)
        right = bool(page.lines) and reading.lines == page.lines
        note(tally, page, right=right, accepted=reading.lines is not None)
        if number < tesseract and page.readable and len(page.lines or ()) == len(BOTH):
            tally["", "tesseract tried"] += 1
            tally["", "tesseract right"] += tesseract_lines(page) == page.lines
            tally["", "of these ours right"] += right
    print_figures(tally, count)


def note(tally: collections.Counter[tuple[str, str]], page: Page, *, right: bool, accepted: bool) -> None:
    """Count one page."""
    tally[page.kind, "pages"] += 1
    tally[page.kind, "readable"] += page.readable
    tally[page.kind, "right"] += right and page.readable
    tally[page.kind, "right though hard"] += right and not page.readable
    tally[page.kind, "WRONG"] += accepted and not right


def print_figures(tally: collections.Counter[tuple[str, str]], count: int) -> None:
    columns = ("pages", "readable", "right", "right though hard", "WRONG")
    print("| kind |", " | ".join(columns), "|")
    print("| --- |", " | ".join("---:" for _ in columns), "|")
    kinds = sorted({kind for kind, _ in tally if kind})
    for kind in kinds:
        print(f"| {kind} |", " | ".join(str(tally[kind, column]) for column in columns), "|")
    totals = [sum(tally[kind, column] for kind in kinds) for column in columns]
    print("| all |", " | ".join(map(str, totals)), "|")
    print(f"{tally['', 'milliseconds'] / count / 1000:.2f} s of one core a page")
    for name in ("tesseract tried", "tesseract right", "of these ours right"):
        if tally["", "tesseract tried"]:
            print(name, tally["", name])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--tesseract", type=int, default=0)
    arguments = parser.parse_args()
    measure(arguments.pages, arguments.seed, arguments.tesseract)
