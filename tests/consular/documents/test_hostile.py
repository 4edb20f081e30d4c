"""Hundreds of hostile files: the child ends in time and says something; nothing active comes out; words for all.

HOSTILE_FILES=2000 tries more of them. The parts are tests of their own, so that processes share them.
"""

import io
import os
import time

import pytest
from django.utils import translation
from PIL import Image

from consular.documents import explain
from consular.documents.cleaning import cleaned
from consular.documents.models import Document
from consular.documents.sandbox.protocol import Request
from consular.documents.status import Kind, State
from consular.lib.calendars import LANGUAGES
from tests.consular.documents.hostile import numbered

FILES, PARTS = int(os.environ.get("HOSTILE_FILES", "330")), 6
LONGEST = 10  # seconds a file
MOST_MEMORY = 700_000_000
CPU_SECONDS = 3  # of a child here; a busy machine makes its clock slower, and not this
ACTIVE = (b"<script", b"/JavaScript", b"/JS", b"%PDF", b"PK\x03\x04", b"<?php", b"<svg", b"CANARY", b"MZ\x90")


def request(kind):
    return Request(
        kind=kind, max_pages=30, max_pixels=60_000_000, today="2026-11-24", cpu_seconds=CPU_SECONDS
    )


def crowd():
    """Return how many share a processor just now: the clock of each runs so much slower."""
    return max(1, os.getloadavg()[0] / (os.cpu_count() or 1))


def outcome(content, kind):
    """Return the report and all bytes that somebody could look at, having looked at each picture."""
    began = time.monotonic()
    with cleaned(io.BytesIO(content), request(kind)) as answer:
        assert time.monotonic() - began <= LONGEST * crowd()
        shown = [picture for page in answer.pages for picture in (page.image(), page.thumbnail())]
        for each in shown:
            with Image.open(io.BytesIO(each)) as picture:
                assert (picture.format, len(picture.getexif())) == ("JPEG", 0)
                assert not {"comment", "exif", "icc_profile", "xmp"} & set(picture.info)
        return answer.report, b"".join(shown)


def told(report):
    """Return what a person reads about a file, in every language; how it is written out is what is tested."""
    state = State.REFUSED if report.refusal else State.CLEAN
    document = Document(
        kind=Kind.SUPPORTING,
        state=state,
        refusal=report.refusal,
        figures=report.figures,
        findings=report.findings,
    )
    sentences = []
    for language in LANGUAGES:
        with translation.override(language):
            sentences.append(explain.words(document)[1])
            explain.advice(document)
            explain.notes(document)
    return sentences


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_files_end_in_time_with_words_and_nothing_active(part, most_memory):
    for number, content in numbered(FILES, part, PARTS):
        kind = ("supporting", "supporting", "photo", "passport")[number // PARTS % 4]
        report, shown = outcome(content, kind)
        assert report.refusal or shown, number
        assert not [mark for mark in ACTIVE if mark in shown], number
        assert all(sentence and "%(" not in sentence for sentence in told(report)), number
    assert most_memory() <= MOST_MEMORY
