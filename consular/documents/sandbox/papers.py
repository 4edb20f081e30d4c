"""The one place that calls `consular.documents.supporting`: a page in, what is worth knowing about it out."""

from typing import Any

from PIL import Image

from consular.documents.sandbox.protocol import Report
from consular.documents.supporting import barcodes, surfaces
from consular.documents.supporting.lines import Line

MOST_PAGES_LOOKED_AT = 5  # for bar codes: a page takes about 0.04 s


def look_at(picture: Image.Image, number: int, lines: list[Line], report: Report) -> None:
    """Note a page that is blank or cut, its bar codes, and the lines of its text."""
    report.lines += [{"page": each.page, "box": list(each.box), "text": each.text} for each in lines]
    if not lines and surfaces.is_blank(picture):
        report.findings.append({"code": "page_blank", "page": number})
        return
    report.findings += [
        {"code": "page_cut", "page": number, "side": side} for side in surfaces.cut_sides(picture)
    ]
    if number <= MOST_PAGES_LOOKED_AT:
        report.findings += [_told(each, number) for each in barcodes.codes_on(picture)]


def _told(code: barcodes.Code, number: int) -> dict[str, Any]:
    return {"code": "bar_code", "page": number, "box": list(code.box), "sort": code.sort, "says": code.text}
