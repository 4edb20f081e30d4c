"""Seals in files: the raw bytes, or the bar codes of a picture or a PDF. Nothing here believes what it opens."""

import json
import re
import tempfile
from pathlib import Path
from subprocess import DEVNULL
from typing import IO

from django.conf import settings

from consular.documents.cleaning import TimedOutError, module, run
from consular.documents.content_types import HEAD_BYTES, content_type_of
from consular.documents.sandbox.protocol import Request
from consular.lib.seal import carrying
from consular.lib.seal.reading import LONGEST

LARGEST_FILE = 100_000_000  # bytes
SIDE = 3508  # pixels: A4 at 300 dots an inch
CPU_SECONDS, WALL_SECONDS = 60, 120
MOST_ANSWERED = 1_000_000  # bytes of the child's answer
CODE = re.compile(r"(?:[0-9a-f]{2}){1,4096}")
GIF = b"GIF8"


class UnreadableError(Exception):
    """There is no seal that could be read: the file is missing, damaged, too large, or has no code of one."""


def seals_in(path: Path, *, in_hex: bool = False) -> list[bytes]:
    """Return the seals in a file, each once, in the order of the pages; UnreadableError if there is none."""
    try:
        with path.open("rb") as file:
            return _in_hex(file) if in_hex else _in_any(file)
    except (OSError, ValueError) as error:  # Also a path with a NUL in it
        raise UnreadableError from error


def _in_hex(file: IO[bytes]) -> list[bytes]:
    return [bytes.fromhex(file.read(LARGEST_FILE).decode("ascii"))]


def _in_any(file: IO[bytes]) -> list[bytes]:
    """Take a file for a seal's own bytes unless it begins like a picture or a PDF."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if content_type_of(head) is None and not head.startswith(GIF):
        return [file.read(LONGEST + 1)]
    if file.seek(0, 2) > LARGEST_FILE:
        raise UnreadableError
    file.seek(0)
    found = [seal for code in codes_in(file) if (seal := carrying.in_code(code)) is not None]
    if not found:
        raise UnreadableError
    return list(dict.fromkeys(found))


def codes_in(file: IO[bytes]) -> list[bytes]:
    """Return what the bar codes of a picture or PDF hold: a child with limits reads them."""
    with tempfile.TemporaryFile() as answer:
        child = module("visas.seals.sandbox", request())
        try:
            code = run(child, file, answer, DEVNULL, wall_seconds=WALL_SECONDS)
        except TimedOutError as error:
            raise UnreadableError from error
        if code != 0:
            raise UnreadableError
        answer.seek(0)
        return believable(answer.read(MOST_ANSWERED))


def request() -> Request:
    return Request(
        kind="seal",
        max_pages=settings.DOCUMENT_MAX_PAGES,
        max_pixels=settings.DOCUMENT_MAX_PIXELS,
        today="",
        page_side=SIDE,
        cpu_seconds=CPU_SECONDS,
        output=MOST_ANSWERED,
    )


def believable(answer: bytes) -> list[bytes]:
    """Return the codes in an answer of the child, which may have been taken over by what it decoded."""
    try:
        codes = json.loads(answer)["codes"]
        if not all(CODE.fullmatch(code) for code in codes):
            raise UnreadableError
        return [bytes.fromhex(code) for code in codes]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError from error
