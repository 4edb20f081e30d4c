"""What a child says, taken apart: only words that we know, and numbers. Nothing else is ever stored."""

import re
from typing import Any

from consular.documents import findings
from consular.documents.content_types import ACCEPTED
from consular.documents.sandbox.protocol import GarbledError, Report
from consular.documents.status import FIGURES, Advice, Finding, Refusal

FIELDS = ("surname", "given_names", "number", "nationality", "birth_on", "sex", "expires_on", "issuing_state")
FIELD = re.compile(r"[A-Z0-9<' -]{0,44}")  # what the alphabet of ICAO Doc 9303-3 §4.3 becomes, and ISO dates
LINE = re.compile(r"[A-Z0-9<]{30,44}")
MOST_LINES = 3
MEASURES = frozenset({"width", "height", "brightness", "contrast", "sharpness"})
OF_PORTRAITS = frozenset({  # each of them may be missing: `consular.documents.photo.measuring`
    "faces", "turned", "crown", "eyes", "chin", "middle", "head", "eye_line", "eye_pixels", "roll", "yaw", "cut",
    "background", "shades", "light", "burnt", "colour", "lids", "lips", "glare", "age",
})  # fmt: skip
JUDGED_HERE = set(findings.JUDGED)
FOUND_BY_CHILD = set(Finding.values) - JUDGED_HERE


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
    if code != Finding.MRZ_NOT_READ:
        return {"code": code}
    return {"code": code, "advice": [_one_of(set(Advice.values), each) for each in raw["advice"]]}


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
