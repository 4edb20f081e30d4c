"""Reading the machine-readable zone of a passport, card or visa from a picture.

`read_passport` locates the zone, has its lines recognised and decoded with what the format
demands, and says either what stands there or that it could not be read. It would rather not read
than read wrongly: see `acceptance`. About 0.2 s of one core a picture.
"""

import datetime as dt
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from consular.documents.reading import advice
from consular.documents.reading.acceptance import accepted
from consular.documents.reading.arrays import Array, Grey
from consular.documents.reading.attempts import Attempt, read_zone
from consular.documents.reading.locating import find_zones
from consular.documents.reading.strips import Baselines, corners, whole_lines
from consular.lib.mrz import MRZ, parse

LARGEST = 3200  # pixels of the long side that are looked at
CLEAR = 0.25  # strength of two lines below which a place is no zone
MOST_PLACES = 3  # that are read
COLOUR = 3  # dimensions of a picture with colours
OPEN_ENDED = ("MRV-A", "MRV-B")  # no check digit at the end shows that the lines are whole
GREY_MODES = ("1", "L", "LA", "I", "I;16", "F")

Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Reading:
    """What was found. `lines` and `mrz` are None unless the zone was read with certainty.

    confidence: probability of the least certain character, 0 to 1; quad: the zone's corners in the
    picture, clockwise from its first character, relative to width and height; advice: codes of
    `advice.CODES`, what a person could do better, empty when the zone was read.
    """

    lines: tuple[str, ...] | None = None
    mrz: MRZ | None = None
    confidence: float = 0.0
    quad: Quad | None = None
    advice: tuple[str, ...] = ()


def read_passport(picture: Array | Image.Image, *, today: dt.date) -> Reading:
    """Read the machine-readable zone in an RGB or grey picture, whichever way up it is.

    `today` settles the centuries of the dates. Raises nothing because of what the picture shows.
    """
    grey = grey_of(picture)
    best = None
    for lines in likeliest_places(grey):
        attempt = read_zone(grey, lines)
        reading = judge(grey, attempt, today) if attempt else None
        if reading and reading.mrz:
            return reading
        best = best or reading
    return best or Reading(advice=advice.without_zone(grey))


def likeliest_places(grey: Grey) -> list[Baselines]:
    """List the places where two lines stand most clearly."""
    found = [whole_lines(grey, zone) for zone in find_zones(grey)]
    clear = [lines for lines in found if lines.strength > CLEAR]
    return sorted(clear, key=lambda lines: -lines.strength)[:MOST_PLACES]


def grey_of(picture: Array | Image.Image) -> Grey:
    """Return the picture's grey values, no larger than LARGEST."""
    if isinstance(picture, Image.Image):
        picture = np.asarray(picture.convert("L" if picture.mode in GREY_MODES else "RGB"))
    grey: Grey = np.ascontiguousarray(picture)
    if grey.ndim == COLOUR:
        grey = cv2.cvtColor(grey[..., :3], cv2.COLOR_RGB2GRAY)
    factor = LARGEST / max(grey.shape)
    if factor < 1:
        grey = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return grey


def judge(grey: Grey, attempt: Attempt, today: dt.date) -> Reading:
    """Make a reading of the attempt, with the lines only if they are beyond doubt."""
    points = corners(attempt.baselines, attempt.places, attempt.ends)
    quad = relative(points, grey)
    lines = accepted(attempt, today)
    found = advice.for_zone(grey, attempt.baselines.zone, points)
    if lines and not (attempt.layout in OPEN_ENDED and "cut_off" in found):
        return Reading(lines, parse(lines, today=today), attempt.confidence, quad)
    return Reading(confidence=attempt.confidence, quad=quad, advice=found)


def relative(points: Array, grey: Grey) -> Quad:
    """Return points in pixels as shares of width and height."""
    height, width = grey.shape
    return tuple((float(x) / width, float(y) / height) for x, y in points)
