"""What a person could do better when a zone was not read: measures of its place in the picture."""

import numpy as np

from consular.documents.reading.arrays import Array, Grey
from consular.documents.reading.locating import Zone
from consular.documents.reading.strips import (
    REACH,
    WINDOW,
    grid,
    half_length,
    sampled,
)

CODES = ("no_zone", "too_small", "too_dark", "blurred", "glare", "cut_off", "not_read")

FINE = 8.0  # pixels a millimetre at which sharpness is measured
SMALLEST = 3.3  # pixels a millimetre: eight for a character
SMALLEST_PICTURE = 700  # pixels of the long side
DARKEST = 60  # grey value of the paper
SOFTEST = 0.13  # steepest change a pixel, as a share of the contrast between paper and ink
BURNT = 252  # grey value
EDGE = 1.0  # mm that must lie around the zone


def without_zone(grey: Grey) -> tuple[str, ...]:
    """Advice for a picture in which nothing looks like a zone."""
    found = ["no_zone"]
    if max(grey.shape) < SMALLEST_PICTURE:
        found.append("too_small")
    if np.percentile(grey, 90) < DARKEST:
        found.append("too_dark")
    return tuple(found)


def for_zone(grey: Grey, zone: Zone, points: Array) -> tuple[str, ...]:
    """Advice for a zone with these corners that was not read; "not_read" if nothing is plainly wrong."""
    strip = strip_of(grey, zone)
    measures = {
        "too_small": zone.scale < SMALLEST,
        "too_dark": np.percentile(strip, 80) < DARKEST,
        "blurred": sharpness(strip) < SOFTEST,
        "glare": has_glare(strip),
        "cut_off": is_cut_off(grey, zone, points),
    }
    return tuple(code for code, holds in measures.items() if holds) or ("not_read",)


def strip_of(grey: Grey, zone: Zone) -> Grey:
    """Both lines and a little around, at FINE pixels a millimetre."""
    half = half_length(zone)
    along, across = np.arange(-half, half, 1 / FINE), np.arange(-REACH / 2, REACH / 2, 1 / FINE)
    return sampled(grey, zone, grid(along, across), FINE)


def sharpness(strip: Grey) -> float:
    """Return the steepest usual change from pixel to pixel, as a share of the contrast."""
    values = strip.astype(np.float32)
    contrast = np.percentile(values, 90) - np.percentile(values, 3)
    steepest = np.percentile(np.abs(np.diff(values, axis=1)), 97)
    return float(steepest / max(contrast, 1.0))


def has_glare(strip: Grey) -> bool:
    """Return a stretch of the lines burnt to white while the rest has ink."""
    windows = np.array_split(strip, max(3, round(strip.shape[1] / (WINDOW * FINE))), axis=1)
    burnt = [np.percentile(window, 25) >= BURNT for window in windows]
    return any(burnt) and not all(burnt)


def is_cut_off(grey: Grey, zone: Zone, points: Array) -> bool:
    """Whether the zone's corners come so near the picture's edge that characters may be missing."""
    room = EDGE * zone.scale
    limits = np.array([grey.shape[1], grey.shape[0]])
    return bool((points < room - 1).any() or (points > limits - room).any())
