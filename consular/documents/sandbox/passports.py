"""The one place that calls `consular.documents.reading`: a page's picture in, what we keep out."""

import datetime as dt
from typing import Any

from PIL import Image

PASSPORT_CODE = "P"  # ICAO Doc 9303-4 §4.2.2: passports' document codes begin with it


def read(picture: Image.Image, today: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return (fields, findings) of a page; both empty fields and the reader's advice when nothing is certain."""
    from consular.documents.reading import read_passport

    reading = read_passport(picture, today=dt.date.fromisoformat(today))
    if reading.mrz is None or reading.lines is None:
        return {}, [{"code": "mrz_not_read", "advice": list(reading.advice)}]
    findings = [] if reading.mrz.code.startswith(PASSPORT_CODE) else [{"code": "not_a_passport"}]
    return fields_of(reading.mrz, reading.lines), findings


def fields_of(mrz: Any, lines: tuple[str, ...]) -> dict[str, Any]:
    """Return what a zone says as plain text; dates in ISO form, '' where the zone leaves one open."""
    return {
        "surname": mrz.surname,
        "given_names": mrz.given_names,
        "number": mrz.number,
        "nationality": mrz.nationality,
        "birth_on": mrz.birth_on.isoformat() if mrz.birth_on else "",
        "sex": mrz.sex,
        "expires_on": mrz.expires_on.isoformat() if mrz.expires_on else "",
        "issuing_state": mrz.state,
        "lines": list(lines),
    }
