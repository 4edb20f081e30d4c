"""Photos in the confined child: whatever file holds one is measured alike, quickly, in little memory, or said not to be."""

import datetime as dt
import io
import time

import numpy as np
import pytest
from PIL import Image

from consular.documents.cleaning import cleaned
from consular.documents.sandbox.photos import age
from consular.documents.sandbox.protocol import Request
from tests.consular.documents import files
from tests.consular.documents.photo.pictures import nobody

TODAY = dt.date(2026, 11, 24)
TAKEN, SUB_DIRECTORY, ORIENTATION = 0x9003, 0x8769, 0x0112
LONGEST = 10  # seconds
MEMORY = 700_000_000  # bytes that a child may have held


def measured(content, **limits):
    """Return what a child says of a photo."""
    request = Request(
        **{"kind": "photo", "max_pages": 30, "max_pixels": 60_000_000, "today": TODAY.isoformat(), **limits}
    )
    with cleaned(io.BytesIO(content), request) as answer:
        return answer.report


def saved(picture, form="JPEG", **options):
    return files.saved(picture, form, **options)


def with_exif(picture, *, orientation=1, taken=""):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    if taken:
        exif.get_ifd(SUB_DIRECTORY)[TAKEN] = taken
    return saved(picture, quality=90, exif=exif)


def sixteen_bits(picture):
    deep = np.asarray(picture.convert("L")).astype(np.uint16) * 257
    return saved(Image.fromarray(deep), "PNG")


ALIKE = {
    "JPEG": lambda photo: saved(photo, quality=90),
    "grey": lambda photo: saved(photo.convert("L"), quality=90),
    "CMYK": lambda photo: saved(photo.convert("CMYK"), quality=90),
    "PNG": lambda photo: saved(photo, "PNG"),
    "16 bits": sixteen_bits,
    "palette": lambda photo: saved(photo.quantize(64), "PNG"),
    "WebP": lambda photo: saved(photo, "WEBP", quality=90),
    "animated": lambda photo: saved(photo, "WEBP", save_all=True, append_images=[photo, photo]),
    "held sideways": lambda photo: with_exif(photo.rotate(90, expand=True), orientation=6),
    "metadata that nobody can read": lambda photo: saved(photo, exif=b"Exif\0\0nonsense"),
}


@pytest.mark.parametrize("name", ALIKE)
def test_one_photo_measures_alike_in_every_kind_of_file(name):
    report = measured(ALIKE[name](nobody()))
    assert report.refusal == ""
    assert report.measures["faces"] == 1
    assert report.measures["head"] == pytest.approx(72, abs=2)
    assert report.measures["roll"] == pytest.approx(0, abs=3)


def test_fifty_million_pixels_are_measured_in_time_and_memory(most_memory):
    large = nobody().resize((6250, 8000))
    content = saved(large, quality=80)
    begun = time.monotonic()
    report = measured(content)
    assert time.monotonic() - begun < LONGEST
    assert (report.measures["width"], report.measures["faces"]) == (6250, 1)
    assert most_memory() < MEMORY


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2)])
def test_a_picture_of_a_few_pixels_has_no_face(size):
    report = measured(saved(Image.new("RGB", size)))
    assert (report.refusal, report.measures["faces"]) == ("", 0)


@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_photo_harms_nobody(seed):
    begun = time.monotonic()
    report = measured(files.mutated(saved(nobody(), quality=85), seed))
    assert report.refusal in {"", "damaged", "too_complex", "not_accepted", "too_many_pixels"}
    assert time.monotonic() - begun < LONGEST


@pytest.mark.parametrize(
    ("taken", "days"),
    [("2026:11:20 10:00:00", 4), ("2025:11:24 10:00:00", 365), ("2026:11:24 00:00:00", 0)],
)
def test_the_age_is_told_by_the_picture_s_own_date(taken, days):
    assert measured(with_exif(nobody(), taken=taken)).measures["age"] == days


@pytest.mark.parametrize(
    "taken", ["", "0000:00:00 00:00:00", "yesterday", "2027:01:01 00:00:00", "1970:01:01 00:00:00", "2026"]
)
def test_a_date_that_cannot_be_is_none(taken):
    content = with_exif(Image.new("RGB", (30, 40)), taken=taken)
    assert age(content, "image/jpeg", TODAY) == {}
    assert age(b"nonsense", "image/jpeg", TODAY) == {}
    assert age(b"%PDF-1.7", "application/pdf", TODAY) == {}
