"""The text of a PDF's pages, line by line with its place: what a reader's own program would find there."""

from dataclasses import dataclass
from typing import Any

from consular.documents.supporting import Box

MOST_PAGES, MOST_LINES, LONGEST_LINE, MOST_CHARACTERS = 5, 300, 200, 12_000


@dataclass(frozen=True)
class Line:
    """A piece of text that stands together on a page, counted from 1."""

    page: int
    box: Box
    text: str


def lines_of(page: Any, number: int, room: int) -> list[Line]:
    """Return the lines of one page of pypdfium2, `room` characters at most."""
    if number > MOST_PAGES or room <= 0:
        return []
    width, height = page.get_size()
    text = page.get_textpage()
    found: list[Line] = []
    try:
        for place in range(min(text.count_rects(), MOST_LINES)):
            left, bottom, right, top = text.get_rect(place)
            said = printable(text.get_text_bounded(left, bottom, right, top))[: min(LONGEST_LINE, room)]
            if said:
                box = shares(left / width, 1 - top / height, right / width, 1 - bottom / height)
                found.append(Line(number, box, said))
                room -= len(said)
    finally:
        text.close()
    return found


def printable(text: str) -> str:
    """Return a text without what cannot be seen, its spaces single."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def shares(*edges: float) -> Box:
    """Return edges as fractions within the page, three digits each."""
    left, top, right, bottom = (round(min(1.0, max(0.0, edge)), 3) for edge in edges)
    return left, top, right, bottom
