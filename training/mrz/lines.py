"""Pictures of single lines as the locator cuts them out of photographs, with their truth.

Millimetres are those of the document: characters stand 2.54 mm apart (ICAO 9303-3, OCR-B size 1),
a capital is 2.4 mm high, the next line is 6.35 mm away. A line is drawn sharp, printed with ink
that spreads or breaks, bent, photographed at 3 to 14 pixels a millimetre with shadow, glare, blur,
noise and JPEG, and then scaled to the HEIGHT of the network's input.
"""

import random
import sys
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from consular.documents.reading.arrays import Array
from consular.documents.reading.recogniser import HEIGHT, STRIDE
from training.mrz import texts

Sample = tuple[Array, str, Array]  # picture, text, frame of each character

FONTS = Path("/usr/share/fonts/opentype/ocr-b")
FACES = ("OCRB.otf", "OCRB.otf", "OCRB.otf", "OCRBS.otf", "OCRBL.otf")
PITCH, CAPITAL, LEADING = 2.54, 2.40, 6.35  # mm
DRAWN = 16  # pixels a millimetre of the sharp drawing
CUT = 4.4  # mm of height that a good cut shows


@cache
def glyphs(face: str) -> dict[str, Array]:
    """Ink (0..1) of every character of a face, each one pitch wide and 4 mm high."""
    size = PITCH * DRAWN / 0.723  # the advance of this OCR-B is 723/1000 em
    font = ImageFont.truetype(str(FONTS / face), size)
    width, height = round(PITCH * DRAWN) + 16, round(4 * DRAWN)
    drawn = {}
    for character in texts.ALPHABET:
        picture = Image.new("L", (width, height), 0)
        baseline = height / 2 + CAPITAL * DRAWN / 2
        ImageDraw.Draw(picture).text((8, baseline), character, font=font, fill=255, anchor="ls")
        drawn[character] = np.asarray(picture, np.float32) / 255
    return drawn


def draw_row(canvas: Array, text: str, face: str, left: float, middle: float) -> None:
    """Print `text` on `canvas`, from `left`, its capitals centred on the row `middle` (pixels)."""
    ink = glyphs(face)
    for index, character in enumerate(text):
        glyph = ink[character]
        x, y = round(left + index * PITCH * DRAWN) - 8, round(middle - glyph.shape[0] / 2)
        part = canvas[y : y + glyph.shape[0], x : x + glyph.shape[1]]
        np.maximum(part, glyph[: part.shape[0], : part.shape[1]], out=part)


def sharp_zone(text: str, rng: random.Random, margin: float) -> tuple[Array, float]:
    """Return the line between its neighbours, sharp: ink, and the row's middle in pixels."""
    face = rng.choice(FACES)
    width = round((len(text) * PITCH + 2 * margin) * DRAWN)
    canvas = np.zeros((round(3 * LEADING * DRAWN), width), np.float32)
    middle = canvas.shape[0] / 2
    draw_row(canvas, text, face, margin * DRAWN, middle)
    for side in (-1, 1):
        if rng.random() < 0.5:
            draw_row(
                canvas,
                texts.noise_line(rng, len(text)),
                face,
                margin * DRAWN,
                middle + side * LEADING * rng.uniform(0.9, 1.05) * DRAWN,
            )
    return canvas, middle


def spread_ink(canvas: Array, rng: random.Random) -> Array:
    """Thicker or thinner strokes."""
    choice = rng.random()
    if choice < 0.3:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (rng.choice((3, 5)),) * 2)
        return cv2.dilate(canvas, kernel)
    if choice < 0.5:
        return cv2.erode(canvas, np.ones((3, 3), np.uint8))
    return canvas


def smooth_noise(rng: random.Random, shape: tuple[int, ...], cells: tuple[int, int]) -> Array:
    """Noise of mean 0 and deviation about 1 that changes over `cells` (rows, columns) patches."""
    coarse = rng.normal(0, 1, cells).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def cut_geometry(rng: random.Random, length: int, margin: float) -> tuple[float, ...]:
    """Return what a locator might cut: in mm, with the errors that it makes."""
    height = CUT * rng.uniform(0.8, 1.3)
    left = margin - rng.choice((rng.uniform(0.3, 3), rng.uniform(0.3, 8)))
    right = margin + length * PITCH + rng.choice((rng.uniform(0.3, 3), rng.uniform(0.3, 8)))
    return height, left, right, rng.uniform(-0.5, 0.5) * height / CUT


def warp_maps(
    rng: random.Random, geometry: tuple[float, ...], resolution: float, middle: float, length_mm: float
) -> tuple[Array, Array, Array]:
    """Where each pixel of the photograph lies on the drawing, and the way back for x."""
    height, left, right, shift = geometry
    shape = (max(8, round(height * resolution)), round((right - left) * resolution))
    x = np.linspace(0, 1, shape[1], dtype=np.float32)
    y = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32)
    squeeze = rng.uniform(-0.04, 0.04)  # letters nearer the camera at one end
    along = x + squeeze * x * (1 - x) * 2
    tilt, bow = rng.uniform(-1, 1) * height * 0.1, rng.uniform(-1, 1) * height * 0.07
    grow = 1 + rng.uniform(-0.08, 0.08) * (x - 0.5) * 2
    slant = rng.uniform(-0.12, 0.12) * height
    row = y[:, None] * height * grow[None] + shift + tilt * (x - 0.5) * 2
    row = row + bow * (1 - (2 * x - 1) ** 2) * rng.choice((0, 1))
    column = left + along[None] * (right - left) + slant * y[:, None]
    return (column * DRAWN).astype(np.float32), (row * DRAWN + middle).astype(np.float32), along


def photograph(ink: Array, rng: random.Random, np_rng: np.random.Generator, resolution: float) -> Any:
    """Grey values 0..255 of the printed line: paper, ink, light, blur, noise, JPEG."""
    shape = ink.shape
    paper = rng.uniform(110, 250)
    contrast = rng.uniform(0.35, 0.95) if rng.random() < 0.8 else rng.uniform(0.2, 0.4)
    paper_map = paper * (1 + 0.03 * smooth_noise(np_rng, shape, (4, 24)))
    paper_map += guilloche(rng, shape, resolution) * paper * rng.uniform(0, 0.12)
    if rng.random() < 0.5:
        broken = 1 - 0.25 * np.clip(smooth_noise(np_rng, shape, (6, shape[1] // 4 + 1)), 0, 2)
        ink = ink * broken
    grey = paper_map * (1 - contrast * ink) * light(rng, np_rng, shape)
    grey = blur(grey, rng, resolution)
    grey += np_rng.normal(0, rng.choice((1, 3, 8)), shape)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    return jpeg(grey, rng) if rng.random() < 0.7 else grey


def guilloche(rng: random.Random, shape: tuple[int, ...], resolution: float) -> Array:
    """Fine wavy lines as on security paper, about -1..1."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32) / resolution
    waves = 0
    for _ in range(rng.randint(1, 3)):
        a, b = rng.uniform(-3, 3), rng.uniform(1, 8)
        waves = waves + np.sin(a * x + b * y + 2 * np.sin(x * rng.uniform(0.1, 1.5)))
    return waves / 2


def light(rng: random.Random, np_rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return a factor for every pixel: even, falling off, a shadow's edge, or a patch of glare."""
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None]
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    factor = 1 + rng.uniform(-0.25, 0.25) * x + rng.uniform(-0.08, 0.08) * y
    if rng.random() < 0.3:
        edge = (x - rng.uniform(-1, 1) + rng.uniform(-0.1, 0.1) * y) * rng.choice((-1, 1))
        factor = factor * (
            1 - rng.uniform(0.15, 0.6) / (1 + np.exp(np.clip(-edge * rng.uniform(8, 80), -50, 50)))
        )
    if rng.random() < 0.12:
        spot = ((x - rng.uniform(-1, 1)) / rng.uniform(0.03, 0.2)) ** 2 + (y - rng.uniform(-1, 1)) ** 2
        factor = factor + rng.uniform(0.1, 0.5) * np.exp(-spot)
    return factor


def blur(grey: Array, rng: random.Random, resolution: float) -> Array:
    """Out of focus or moved, by up to a good part of a stroke's 0.35 mm."""
    choice = rng.random()
    if choice < 0.5:
        sigma = resolution * rng.uniform(0.03, 0.3)
        return cv2.GaussianBlur(grey, (0, 0), max(0.3, sigma))
    if choice < 0.75:
        length = max(1, round(resolution * rng.uniform(0.1, 0.75)))
        kernel = np.zeros((length, length), np.float32)
        angle = rng.uniform(0, np.pi)
        dx, dy = np.cos(angle) * (length - 1) / 2, np.sin(angle) * (length - 1) / 2
        mid = (length - 1) / 2
        ends = [(round(mid + s * dx), round(mid + s * dy)) for s in (-1, 1)]
        cv2.line(kernel, *ends, 1.0)
        return cv2.filter2D(grey, -1, kernel / kernel.sum())
    return grey


def jpeg(grey: Array, rng: random.Random) -> Array:
    quality = rng.randint(25, 95)
    coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)


def sample(rng: random.Random, text: str | None = None) -> Sample:
    """(grey picture of HEIGHT rows, its text, the frame of the network at each character)."""
    text = text or texts.line(rng)
    np_rng = np.random.default_rng(rng.getrandbits(32))
    margin = 12.0
    canvas, middle = sharp_zone(text, rng, margin)
    canvas = spread_ink(canvas, rng)
    resolution = np.exp(rng.uniform(np.log(3.3), np.log(13)))
    geometry = cut_geometry(rng, len(text), margin)
    soft = cv2.blur(canvas, (max(1, round(DRAWN / resolution)),) * 2)
    columns, rows, along = warp_maps(rng, geometry, resolution, middle, len(text) * PITCH)
    ink = cv2.remap(soft, columns, rows, cv2.INTER_LINEAR)
    grey = photograph(ink, rng, np_rng, resolution)
    _, left, right, _ = geometry
    centres = margin + (np.arange(len(text)) + 0.5) * PITCH
    x = np.interp((centres - left) / (right - left), along, np.linspace(0, 1, len(along)))
    width = round(grey.shape[1] * HEIGHT / grey.shape[0] * rng.uniform(0.9, 1.1))
    shrink = cv2.INTER_AREA if width < grey.shape[1] else cv2.INTER_CUBIC
    picture = cv2.resize(grey, (width, HEIGHT), interpolation=shrink)
    if rng.random() < 0.03:
        picture = 255 - picture
    frames = np.clip(np.round((x * width) / STRIDE - 0.5), 0, width // STRIDE - 1).astype(int)
    return picture, text, frames


def sheet(seed: int, count: int) -> Array:
    """Return a picture of `count` samples, one under the other, to look at."""
    rng = random.Random(seed)
    rows = [sample(rng)[0] for _ in range(count)]
    paper = np.full((count * (HEIGHT + 6), max(row.shape[1] for row in rows)), 128, np.uint8)
    for place, row in enumerate(rows):
        paper[place * (HEIGHT + 6) :][:HEIGHT, : row.shape[1]] = row
    return paper


if __name__ == "__main__":
    cv2.imwrite(sys.argv[1], sheet(seed=5, count=24))
