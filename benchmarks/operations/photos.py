"""The photo coach: all measures of a portrait, beside decoding the same JPEG and finding its face, in a warm process."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image

from benchmarks.bench import Bench
from benchmarks.measuring import interleaved
from benchmarks.table import Row

HEIGHTS = {"as it was cut": 1157, "as a telephone takes it": 4000}  # pixels
SHAPE, QUALITY = 7 / 9, 90
TODAY = "2026-11-24"
GOAL = 2.5
REPETITIONS = 15


def run(bench: Bench) -> Iterator[Row]:
    for name, height in HEIGHTS.items():
        content = portrait(height)
        whole, least = interleaved(
            bench.times(REPETITIONS),
            lambda content=content: measured(content),
            lambda content=content: decoded_and_found(content),
        )
        yield Row(
            f"photo, {name}: all measures",
            f"{whole.cpu:.0f} ms CPU",
            f"decoding and finding the face: {least.cpu:.0f} ms",
            whole.cpu / least.cpu,
            GOAL,
        )


def portrait(height: int) -> bytes:
    from embassy.demo import specimens

    out = io.BytesIO()
    specimens.photo("Shirin", size=(round(height * SHAPE), height)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def measured(content: bytes) -> None:
    """Decode and measure as the child does."""
    from consular.documents.content_types import JPEG
    from consular.documents.sandbox import photos, pictures
    from consular.documents.sandbox.protocol import Request

    request = Request(kind="photo", max_pages=1, max_pixels=60_000_000, today=TODAY)
    [leaf] = pictures.leaves(content, JPEG, request)
    found = photos.measured(leaf, content, JPEG, request)
    if "head" not in found:
        raise RuntimeError("the portrait was not measured")


def decoded_and_found(content: bytes) -> None:
    """Decode to the size that the measures look at, and run the detector."""
    from consular.documents.photo.measuring import LARGEST
    from consular.documents.photo.networks import faces

    picture = Image.open(io.BytesIO(content))
    picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
    faces(np.asarray(picture.convert("RGB")))
