"""What a child says, taken apart: only words that we know, and numbers. Nothing else is ever stored."""

import re
from collections.abc import Callable
from typing import Any

from consular.documents import findings
from consular.documents.content_types import ACCEPTED
from consular.documents.sandbox.protocol import GarbledError, Report
from consular.documents.status import FIGURES, Advice, Finding, Refusal
from consular.documents.supporting.barcodes import SORTS
from consular.documents.supporting.lines import (
    LONGEST_LINE,
    MOST_LINES as MOST_LINES_OF_A_PAGE,
    MOST_PAGES as PAGES_READ,
)
from consular.documents.supporting.surfaces import SIDES

FIELDS = ("surname", "given_names", "number", "nationality", "birth_on", "sex", "expires_on", "issuing_state")
FIELD = re.compile(r"[A-Z0-9<' -]{0,44}")  # what the alphabet of ICAO Doc 9303-3 §4.3 becomes, and ISO dates
LINE = re.compile(r"[A-Z0-9<]{30,44}")
MOST_LINES = 3
MOST_PAGES, MOST_LINES_OF_TEXT = 1000, PAGES_READ * MOST_LINES_OF_A_PAGE
MEASURES = frozenset({"width", "height", "brightness", "contrast", "sharpness"})
OF_PORTRAITS = frozenset({  # each of them may be missing: `consular.documents.photo.measuring`
    "faces", "turned", "crown", "eyes", "chin", "middle", "head", "eye_line", "eye_pixels", "roll", "yaw", "cut",
    "background", "shades", "light", "burnt", "colour", "lids", "lips", "glare", "age",
})  # fmt: skip
FOUND_BY_CHILD = set(Finding.values) - findings.JUDGED - {Finding.WRITTEN_IN}


def believable(raw: dict[str, Any]) -> Report:
    """Return the report if every part of it is one that our child can make; else raise GarbledError."""
    try:
        refusal = _one_of({*Refusal.values, ""}, raw["refusal"])
        return Report(
            content_type=_one_of(ACCEPTED | {""}, raw["content_type"]),
            refusal=refusal,
            figures=_exactly(FIGURES.get(refusal, frozenset()), raw["figures"]),
            findings=[_finding(each) for each in raw["findings"]],
            fields=_fields(raw["fields"]),
            measures=_measures(raw["measures"]),
            lines=[_line(each) for each in raw["lines"][:MOST_LINES_OF_TEXT]],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GarbledError("not a report of ours") from error


def _one_of(known: set[str] | frozenset[str], word: Any) -> str:
    if not isinstance(word, str) or word not in known:
        raise ValueError("unknown word")
    return word


def _exactly(names: frozenset[str], raw: Any) -> dict[str, Any]:
    """Return numbers by name, all of `names` and no others."""
    if set(raw) != names or not all(type(value) in (int, float) for value in raw.values()):
        raise ValueError("not the numbers that belong here")
    return dict(raw)


def _measures(raw: Any) -> dict[str, Any]:
    """Return what was measured on a photo: all that every picture has, and what else was found; or nothing."""
    return _exactly(MEASURES | (OF_PORTRAITS & set(raw)) if raw else frozenset(), raw)


def _finding(raw: Any) -> dict[str, Any]:
    code = _one_of(FOUND_BY_CHILD, raw["code"])
    if code == Finding.MRZ_NOT_READ:
        return {"code": code, "advice": [_one_of(set(Advice.values), each) for each in raw["advice"]]}
    return {"code": code, **{name: PARTS[name](raw[name]) for name in OF_PAGES.get(code, ())}}


def _line(raw: Any) -> dict[str, Any]:
    """Return a line of a PDF's text."""
    return {name: PARTS[name](raw[name]) for name in ("page", "box", "text")}


def _number(raw: Any) -> int:
    if type(raw) is not int or not 1 <= raw <= MOST_PAGES:
        raise ValueError("no page's number")
    return raw


def _box(raw: Any) -> list[float]:
    """Return a box in the fractions of a page."""
    if len(raw) != len(("left", "top", "right", "bottom")) or not all(
        type(each) in (int, float) and 0 <= each <= 1 for each in raw
    ):
        raise ValueError("no box")
    return list(raw)


def _plain(raw: Any) -> str:
    """Return a text that was in a file: short, on one line, and nothing in it that cannot be seen."""
    if not isinstance(raw, str) or len(raw) > LONGEST_LINE or not raw.isprintable():
        raise ValueError("not plain text")
    return raw


def _fields(raw: Any) -> dict[str, Any]:
    """Return the fields of a zone: all of them, or none."""
    if not raw:
        return {}
    fields: dict[str, Any] = {name: _matching(FIELD, raw[name]) for name in FIELDS}
    fields["lines"] = [_matching(LINE, each) for each in raw["lines"][:MOST_LINES]]
    return fields


def _matching(pattern: re.Pattern[str], text: Any) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("unexpected text")
    return str(text)


PARTS: dict[str, Callable[[Any], Any]] = {
    "page": _number,
    "box": _box,
    "text": _plain,
    "says": _plain,
    "side": lambda raw: _one_of(frozenset(SIDES), raw),
    "sort": lambda raw: _one_of(SORTS, raw),
}
OF_PAGES: dict[str, tuple[str, ...]] = {
    Finding.PAGE_BLANK: ("page",),
    Finding.PAGE_CUT: ("page", "side"),
    Finding.BAR_CODE: ("page", "box", "sort", "says"),
}
