"""Where in a picture a machine-readable zone may lie.

Text of a zone makes long even bars: dark strokes on light paper, closed up along the line. Bars
are found on a small copy, for lines that run across and for lines that run down, and paired: two
bars of one length, one direction, 6.35 mm apart where a line of 44 characters is 112 mm long.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from consular.documents.reading.arrays import Array, Grey

SLIVER = 24  # pixels of the short side of a picture that is not worth a look
SMALL = 1100  # pixels of the long side of the copy that is searched
CLOSINGS = (11, 21, 35)  # pixels of the small copy between characters that are bridged
LEADING = 6.35  # mm between the centres of two lines, ICAO 9303-3
PITCH = 2.54  # mm between two characters
MOST_BARS = 60
MOST_LEAN = 0.30  # radians that a line may lean from across or down
CHANGES = 6.0  # a stroke counts for so many times the mean change from pixel to pixel around it
DARK_ENOUGH = 28  # of `dark_strokes`, after closing; light print under the text is as dark
DARKEST_SHARE = 0.5  # of the darkest strokes: leaves the ink and drops what is printed under it
DARKER_THAN_AROUND = 1.15  # times the mean of a field of FIELD pixels
FIELD = (101, 41)
SHORTEST_BAR = 0.12  # of the small copy's width
SLIMMEST = 7  # times its thickness that a bar is long at least
BOTH_LINES = 22  # a bar less long than so many times its thickness may hold both lines
BOTH_LINES_THICK = 8.9  # mm, from the upper edge of one line to the lower edge of the next
LEAST_LEADING = 4  # pixels of the small copy
MOST_ANGLE_BETWEEN = 0.06  # radians between the two lines of a zone
MOST_UNEVEN = 2  # times that one bar of a pair may be longer than the other
SHARED = 0.45  # of the whole length that both bars of a pair cover
SAME_SIZE = 1.25  # times that two views of one zone may differ in length or leading
SAME_ANGLE = 0.2  # radians

# Lengths of a line in leadings: 30, 36 and 44 characters, with room for error.
SHORTEST, LONGEST = 30 * PITCH / LEADING * 0.55, 44 * PITCH / LEADING * 1.25


@dataclass(frozen=True)
class Bar:
    """A dark bar: centre, half its length along (dx, dy), and its thickness, in pixels."""

    x: float
    y: float
    angle: float  # radians, of the long side, within ±90° of the right
    length: float
    thickness: float

    @property
    def along(self) -> Array:
        return np.array([math.cos(self.angle), math.sin(self.angle)])

    @property
    def centre(self) -> Array:
        return np.array([self.x, self.y])


@dataclass(frozen=True)
class Zone:
    """A place that may be a zone: the middle between two lines, its direction and its measures."""

    x: float
    y: float
    angle: float  # radians: the direction in which the lines are taken to run
    length: float  # pixels
    leading: float  # pixels between the lines' centres
    score: float

    @property
    def scale(self) -> float:
        """Pixels a millimetre."""
        return self.leading / LEADING

    def turned(self) -> "Zone":
        """Return the same place read from the other side."""
        return Zone(self.x, self.y, self.angle + math.pi, self.length, self.leading, self.score)

    def scaled(self, factor: float) -> "Zone":
        """Return the same place on a copy that is `factor` times as large."""
        return Zone(
            self.x * factor, self.y * factor, self.angle,
            self.length * factor, self.leading * factor, self.score,
        )  # fmt: skip


def find_zones(grey: Grey, most: int = 12) -> list[Zone]:
    """Places that may be a zone, the likeliest first, in pixels of `grey`."""
    if min(grey.shape) < SLIVER:
        return []
    factor = min(1.0, SMALL / max(grey.shape))
    size = [max(1, round(side * factor)) for side in grey.shape[::-1]]
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    found = [zone for turn in (0, 1) for zone in zones_across(small, turn)]
    return [zone.scaled(1 / factor) for zone in distinct(found)[:most]]


def zones_across(small: Grey, turn: int) -> list[Zone]:
    """Zones whose lines run roughly across, on the picture turned left by `turn` quarters."""
    strokes = dark_strokes(np.ascontiguousarray(np.rot90(small, turn)))
    found: list[Zone] = []
    for closing in CLOSINGS:
        closed = closed_up(strokes, closing)
        for level in (DARK_ENOUGH, max(DARK_ENOUGH, DARKEST_SHARE * np.percentile(closed, 98))):
            found += zones_of(bars(closed, closing, level))
    return [turn_back(zone, turn, small.shape) for zone in found]


def turn_back(zone: Zone, turn: int, shape: tuple[int, ...]) -> Zone:
    """Return a zone of the turned picture, on the picture as it was."""
    if not turn:
        return zone
    width = shape[1]
    return Zone(width - 1 - zone.y, zone.x, zone.angle + math.pi / 2, zone.length, zone.leading, zone.score)


def dark_strokes(grey: Grey) -> Grey:
    """How much darker than its surroundings each pixel is, relative to the light that falls there.

    Only where it also gets lighter and darker along the line, as characters do: the grain of a
    table and wavy print that runs along the line do not count.
    """
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (15, 15))
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel)
    light = cv2.blur(paper, (61, 61)).astype(np.float32) + 12
    darker = cv2.subtract(paper, grey).astype(np.float32)
    changes = cv2.blur(cv2.absdiff(grey[:, :-1], grey[:, 1:]).astype(np.float32), (15, 3))
    changes = cv2.copyMakeBorder(changes, 0, 0, 0, 1, cv2.BORDER_REPLICATE)
    strokes: Grey = np.clip(np.minimum(darker, CHANGES * changes) / light * 400, 0, 255).astype(np.uint8)
    return strokes


def closed_up(strokes: Grey, closing: int) -> Grey:
    """Bridge the gaps between characters along the line, and drop what is thinner than text."""
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, closing), np.uint8))
    result: Grey = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((2, closing), np.uint8))
    return result


def bars(closed: Grey, closing: int, level: float) -> list[Bar]:
    """Long thin bars darker than `level`, lines of text among them."""
    around = cv2.boxFilter(closed, cv2.CV_32F, FIELD)
    dark = (closed > level) & (closed > around * DARKER_THAN_AROUND)
    bridge = np.ones((1, closing * 2), np.uint8)
    mask = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_CLOSE, bridge)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = [bar_of(contour) for contour in contours]
    long = [bar for bar in found if bar and is_long(bar, closed.shape[1])]
    return sorted(long, key=lambda bar: -bar.length)[:MOST_BARS]


def bar_of(contour: Array) -> Bar | None:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if width < height:
        width, height, angle = height, width, angle - 90
    turn = math.remainder(math.radians(angle), math.pi)
    if height < 1 or abs(turn) > MOST_LEAN:
        return None
    return Bar(x, y, turn, width, height)


def is_long(bar: Bar, width: int) -> bool:
    return bar.length > SHORTEST_BAR * width and bar.length > SLIMMEST * bar.thickness


def zones_of(found: list[Bar]) -> Iterator[Zone]:
    """Pairs of bars that lie as the two lines of a zone do, and thick bars that hold both."""
    for one, other in itertools.combinations(found, 2):
        zone = zone_of_pair(one, other)
        if zone:
            yield zone
    for bar in found:
        if bar.length < BOTH_LINES * bar.thickness:
            yield zone_of_block(bar)


def zone_of_block(bar: Bar) -> Zone:
    """Return the zone whose two lines have run together into one bar."""
    leading = bar.thickness / BOTH_LINES_THICK * LEADING
    score = fit(bar.length / leading) * 0.6
    return Zone(bar.x, bar.y, bar.angle, bar.length, leading, score)


def zone_of_pair(one: Bar, other: Bar) -> Zone | None:
    """Return the zone that two bars make, or None where they do not lie like its lines."""
    if not alike(one, other):
        return None
    angle = (one.angle * one.length + other.angle * other.length) / (one.length + other.length)
    along, across = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    apart = other.centre - one.centre
    step, leading = float(apart @ along), abs(float(apart @ across))
    first, last = min(-one.length, 2 * step - other.length) / 2, max(one.length, 2 * step + other.length) / 2
    shared = (min(one.length, 2 * step + other.length) - max(-one.length, 2 * step - other.length)) / 2
    if not measures_fit(one, other, last - first, leading, shared):
        return None
    middle = one.centre + along * (first + last) / 2 + across * float(apart @ across) / 2
    score = shared / (last - first) * fit((last - first) / leading)
    score *= 1 - abs(one.length - other.length) / (last - first)
    return Zone(float(middle[0]), float(middle[1]), angle, last - first, leading, score)


def alike(one: Bar, other: Bar) -> bool:
    """Tell whether two bars run the same way and are about equally long."""
    ratio = one.length / other.length
    return abs(one.angle - other.angle) <= MOST_ANGLE_BETWEEN and 1 / MOST_UNEVEN < ratio < MOST_UNEVEN


def measures_fit(one: Bar, other: Bar, length: float, leading: float, shared: float) -> bool:
    """Tell whether lines so long and so far apart, sharing so much of their length, are a zone's."""
    return (
        leading >= LEAST_LEADING
        and SHORTEST < length / leading < LONGEST
        and max(one.thickness, other.thickness) <= 1.1 * leading
        and shared >= SHARED * length
    )


def fit(ratio: float) -> float:
    """1 where length over leading is that of a format's lines, less with the distance."""
    distances = (abs(math.log(ratio / (count * PITCH / LEADING))) for count in (44, 36, 30))
    return math.exp(-4 * min(distances))


def distinct(zones: list[Zone]) -> list[Zone]:
    """Return the best of each place, best first."""
    kept: list[Zone] = []
    for zone in sorted(zones, key=lambda zone: -zone.score * math.sqrt(zone.length)):
        if not any(same_place(zone, other) for other in kept):
            kept.append(zone)
    return kept


def same_place(one: Zone, other: Zone) -> bool:
    """Tell whether two zones are views of one."""
    apart = math.hypot(one.x - other.x, one.y - other.y)
    return (
        1 / SAME_SIZE < one.leading / other.leading < SAME_SIZE
        and 1 / SAME_SIZE < one.length / other.length < SAME_SIZE
        and abs(math.sin(one.angle - other.angle)) < SAME_ANGLE
        and apart < 0.5 * one.leading + 0.04 * one.length
    )
