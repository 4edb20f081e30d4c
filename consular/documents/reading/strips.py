"""From a zone's rough place to pictures of its single lines, straight and of one size.

Lengths are millimetres of the document; a zone's own scale (pixels a millimetre) turns them into
pixels. "Along" is the direction of reading, "across" is at right angles to it, down the page.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from consular.documents.reading.arrays import Array, Grey
from consular.documents.reading.locating import LEADING, PITCH, Zone, dark_strokes
from consular.documents.reading.recogniser import HEIGHT, STRIDE

FINE = 8.0  # pixels a millimetre of the strip that is measured
REACH = 9.5  # mm above and below the zone's middle that the strip shows
MARGIN = 4.0  # mm beyond both ends of the lines
WINDOW = 8.0  # mm of a line whose height on the page is measured at once
CAPITAL = 2.4  # mm
NO_SHRINKING = 1.3  # times finer than wanted that a picture may be without being softened first
COARSE = 4.0  # pixels a millimetre where only the lines' ends are looked for
LONGEST_LINE = 45 * PITCH  # mm
FAINTEST = 0.35  # of a line's usual darkness below which it has ended
ENOUGH_WINDOWS = 6  # for a parabola
CUT = 4.4  # mm of height of a line's picture, as in training
LINE_PIXELS = 10.0  # pixels a millimetre of a line's picture
TILTS = np.linspace(-4, 4, 17)  # mm from end to end
LEADINGS = (0.9, 0.95, 1.0, 1.05, 1.1)  # times the zone's own


@dataclass(frozen=True)
class Baselines:
    """How the middle between a zone's two lines runs: across = bow·t² + tilt·t + shift, t -1 to 1."""

    zone: Zone
    curve: Array  # three coefficients, mm
    leading: float  # mm on the zone's own scale
    strength: float  # how clearly two lines stand there: above 1 for print, near 0 for nothing

    def turned(self) -> "Baselines":
        """Return the same lines seen from the other side."""
        bow, tilt, shift = self.curve
        return replace(self, zone=self.zone.turned(), curve=np.array([-bow, tilt, -shift]))


def positions(zone: Zone, along: Array, across: Array) -> tuple[Array, Array]:
    """Pixel coordinates (x, y) in the picture of points given in mm from the zone's middle."""
    cos, sin = np.cos(zone.angle), np.sin(zone.angle)
    x = zone.x + (along * cos - across * sin) * zone.scale
    y = zone.y + (along * sin + across * cos) * zone.scale
    return x.astype(np.float32), y.astype(np.float32)


def sampled(grey: Grey, zone: Zone, points: tuple[Array, Array], fine: float) -> Grey:
    """Return the grey values at points (along, across), for `fine` pixels a millimetre."""
    x, y = positions(zone, *points)
    left, top = max(0, int(x.min()) - 8), max(0, int(y.min()) - 8)
    part = grey[top : max(0, int(y.max()) + 9), left : max(0, int(x.max()) + 9)]
    if part.size == 0:
        return np.full(x.shape, 255, np.uint8)
    shrink = zone.scale / fine
    if shrink > NO_SHRINKING:
        part = cv2.GaussianBlur(part, (0, 0), 0.4 * shrink)
    values: Grey = cv2.remap(part, x - left, y - top, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return values


def grid(along: Array, across: Array) -> tuple[Array, Array]:
    """Return the points of a rectangle."""
    columns, rows = np.meshgrid(along, across)
    return columns, rows


def half_length(zone: Zone) -> float:
    """Half the length of the zone's lines in mm."""
    return zone.length / zone.scale / 2


def whole_lines(grey: Grey, zone: Zone) -> Baselines:
    """Find how the zone's two lines run, and lengthen it to where they end."""
    lines = baselines(grey, zone)
    before, after = overhang(grey, lines)
    if not before and not after:
        return lines
    x, y = positions(zone, np.array((after - before) / 2), middle(lines, np.array((after - before) / 2)))
    length = zone.length + (before + after) * zone.scale
    return baselines(grey, replace(zone, x=float(x), y=float(y), length=length))


def overhang(grey: Grey, lines: Baselines) -> tuple[float, float]:
    """Measure how far (mm) both lines go on before the zone's first end and after its last."""
    half = half_length(lines.zone)
    reach = max(0.0, LONGEST_LINE - 2 * half)
    along = np.arange(-half - reach, half + reach, 1 / COARSE)
    strength = np.minimum(*(band_strength(grey, lines, along, place) for place in (-0.5, 0.5)))
    inside = np.abs(along) <= half
    present = strength > FAINTEST * np.median(strength[inside])
    after, before = (run(present[side]) for side in (along > half, (along < -half)[::-1]))
    return before / COARSE, after / COARSE


def band_strength(grey: Grey, lines: Baselines, along: Array, place: float) -> Array:
    """Darkness of a line of capitals at every point along it, averaged over one character."""
    rows = np.arange(-CAPITAL / 2, CAPITAL / 2, 1 / COARSE)
    across = rows[:, None] + middle(lines, along)[None] + place * lines.leading
    strip = sampled(grey, lines.zone, (np.broadcast_to(along, across.shape), across), COARSE)
    mean = dark_strokes(strip).mean(axis=0, dtype=np.float32)
    smooth: Array = cv2.blur(mean[None], (round(PITCH * COARSE) | 1, 1))[0]
    return smooth


def run(present: Array) -> int:
    """Count how many points from the first on are present."""
    return int(np.argmin(np.append(present, False)))


def middle(lines: Baselines, along: Array) -> Array:
    """Return the height (mm) of the middle between the lines; beyond the ends it goes on straight."""
    t = along / half_length(lines.zone)
    held = np.clip(t, -1, 1)
    height: Array = np.polyval(lines.curve, held)
    slope: Array = np.polyval(np.polyder(lines.curve), held)
    return height + slope * (t - held)


def baselines(grey: Grey, zone: Zone) -> Baselines:
    """Find how the zone's two lines run."""
    half = half_length(zone)
    along = np.arange(-half, half, 1 / FINE)
    across = np.arange(-REACH, REACH, 1 / FINE)
    strip = sampled(grey, zone, grid(along, across), FINE)
    profiles = window_profiles(dark_strokes(strip))
    tilt, leading, shift, strength = straight_fit(profiles)
    curve = bow(profiles, tilt, leading, shift)
    return Baselines(zone, curve, leading, strength)


def window_profiles(strokes: Grey) -> Array:
    """Darkness by row for every window along the strip, smoothed over a capital: (windows, rows)."""
    count = max(3, round(strokes.shape[1] / (WINDOW * FINE)))
    columns = np.array_split(strokes.astype(np.float32), count, axis=1)
    rows = np.stack([part.mean(axis=1) for part in columns])
    smooth: Array = cv2.blur(rows, (round(CAPITAL * FINE) | 1, 1))
    return smooth


def contrast(profiles: Array, leading: float) -> Array:
    """For every row as the middle: how much darker the two lines' rows are than those around."""
    half = round(leading / 2 * FINE)
    padded = np.pad(profiles, ((0, 0), (3 * half, 3 * half)), "edge")
    rows = profiles.shape[1]

    def at(steps: int) -> Array:
        return padded[:, 3 * half + steps * half : 3 * half + steps * half + rows]

    return np.minimum(at(-1), at(1)) * 1.0 + (at(-1) + at(1)) * 0.5 - at(0) - (at(-2) + at(2)) * 0.5


def straight_fit(profiles: Array) -> tuple[float, float, float, float]:
    """(tilt, leading, shift, strength) of the straight pair of lines that fits best, in mm."""
    windows, rows = profiles.shape
    t = np.linspace(-1, 1, windows)
    moves = np.round(TILTS[:, None] / 2 * t * FINE).astype(int)  # (tilts, windows)
    places = (np.arange(rows) + moves[..., None]) % rows  # (tilts, windows, rows)
    best = (0.0, LEADING, 0.0, -1.0)
    for leading in LEADING * np.array(LEADINGS):
        curves = contrast(profiles, leading)
        total = curves[np.arange(windows)[None, :, None], places].mean(axis=1)
        tilt, row = np.unravel_index(int(total.argmax()), total.shape)
        strength = float(total[tilt, row]) / 100
        if strength > best[3]:
            best = (float(TILTS[tilt]), float(leading), float(row) / FINE - REACH, strength)
    return best


def bow(profiles: Array, tilt: float, leading: float, shift: float) -> Array:
    """Return the curve's coefficients, from where each window's lines stand near the straight fit."""
    curves = contrast(profiles, leading)
    t = np.linspace(-1, 1, len(curves))
    reach = round(1.2 * FINE)
    found, weights = [], []
    for curve, place in zip(curves, t, strict=True):
        middle = round((tilt / 2 * place + shift + REACH) * FINE)
        first = min(max(0, middle - reach), len(curve) - 1)
        near = curve[first : middle + reach + 1]
        row = int(near.argmax()) if near.size else 0
        found.append((first + row) / FINE - REACH)
        weights.append(max(0.0, float(near[row])) if near.size else 0.0)
    return robust_curve(t, np.array(found), np.array(weights) + 1e-3, (0.0, tilt / 2, shift))


def robust_curve(t: Array, across: Array, weights: Array, start: tuple[float, ...]) -> Array:
    """Return a parabola through the windows' heights; windows that lie far from it count little."""
    curve = np.array(start)
    for _ in range(4):
        away = np.abs(np.polyval(curve, t) - across)
        pull = np.sqrt(weights / (1 + (away / 0.4) ** 2))
        degree = 2 if len(t) >= ENOUGH_WINDOWS else 1
        fitted = np.polyfit(t, across, degree, w=pull)
        curve = np.concatenate([np.zeros(2 - degree), fitted])
    return curve


@dataclass(frozen=True)
class Look:
    """One way to cut a line out: more (> 1) or less of its height, moved up by `lift` mm."""

    stretch: float = 1.0
    lift: float = 0.0


def cut_line(grey: Grey, lines: Baselines, place: float, look: Look) -> Grey:
    """Return the picture of the line at `place`, in leadings from the middle: -0.5 is the upper."""
    half = half_length(lines.zone) + MARGIN
    along = np.arange(-half, half, 1 / LINE_PIXELS)
    height = CUT * lines.leading / LEADING * look.stretch
    rows = np.linspace(-height / 2, height / 2, round(CUT * LINE_PIXELS))
    across = rows[:, None] + middle(lines, along)[None] + place * lines.leading - look.lift
    return sampled(grey, lines.zone, (np.broadcast_to(along, across.shape), across), LINE_PIXELS)


def place_of_frame(lines: Baselines, frame: float) -> float:
    """Tell where (mm along) a frame of a line's scores lies, for a line cut by the plain Look."""
    pixels_per_column = round(CUT * LINE_PIXELS) / HEIGHT
    return (frame + 0.5) * STRIDE * pixels_per_column / LINE_PIXELS - half_length(lines.zone) - MARGIN


def corners(lines: Baselines, places: tuple[float, ...], ends: tuple[float, float]) -> Array:
    """Return the corners (pixels) of the lines at `places`, clockwise from the first character.

    `ends`: the middles of the first and the last character, mm along.
    """
    first, last = ends[0] - PITCH / 2, ends[1] + PITCH / 2
    left, right = middle(lines, np.array([first, last]))
    top = places[0] * lines.leading - CAPITAL * 0.8
    bottom = places[-1] * lines.leading + CAPITAL * 0.8
    along = np.array([first, last, last, first])
    across = np.array([left + top, right + top, right + bottom, left + bottom])
    return np.stack(positions(lines.zone, along, across), axis=1)
