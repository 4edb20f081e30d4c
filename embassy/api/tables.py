"""Rows as CSV (RFC 4180) that a spreadsheet program opens without running anything in it."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

# A cell that begins with one of these is a formula to spreadsheet programs (OWASP, "CSV Injection")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # Without it spreadsheet programs take UTF-8 for another encoding


def written(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(columns)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
    return (BOM + out.getvalue()).encode()


def cell(value: Any) -> str:
    """Return a value as a cell: lists of words apart by blanks, lists of things as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        words = all(isinstance(each, str) for each in value)
        return safe(" ".join(value)) if words else json.dumps(value, ensure_ascii=False)
    return safe(str(value))


def safe(text: str) -> str:
    """Return a text that is no formula: with an apostrophe in front, where it might be one."""
    return f"'{text}" if text.startswith(FORMULAS) else text
