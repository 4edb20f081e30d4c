"""Pictures of whole pages as people send them, with their truth: for measuring the reader.

A page is a specimen passport (sometimes a TD1 or TD2 card, or a visa sticker) as a flat-bed scan,
an open spread, a close crop or a photograph from a phone: turned by quarters, askew, in
perspective, bent, blurred, in shadow or glare, saved as JPEG. Some have no zone at all. Nothing
here was used to train the network but the shape of the letters.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from consular.documents.reading.arrays import Array
from consular.lib import mrz
from embassy.demo import specimens
from training.mrz import texts

TODAY = dt.date(2026, 11, 24)
OCR_B = Path("/usr/share/fonts/opentype/ocr-b")
PRINTERS = (  # a face, and how much heavier than drawn (pixels of 12 a millimetre)
    (str(specimens.OCR_B), 0),
    (str(specimens.OCR_B), 1),
    (str(OCR_B / "OCRBS.otf"), 0),
    (str(OCR_B / "OCRBS.otf"), 1),
)


class Paper(NamedTuple):
    """A document that is no passport: its size, and where its lines stand from the upper edge, in mm."""

    size: tuple[float, float]
    centres: tuple[float, ...]


KINDS = ("flatbed", "spread", "crop", "phone", "phone", "phone", "card", "visa", "nothing")


@dataclass
class Page:
    """One test picture. `readable`: a person could read every character of its zone."""

    picture: np.ndarray  # RGB
    lines: tuple | None
    kind: str
    readable: bool
    facts: dict


def person(rng: random.Random) -> dict[str, Any]:
    """Made-up values for a document."""
    born = dt.date(1930, 1, 1) + dt.timedelta(days=rng.randrange(34000))
    surname, _, given = texts.names(rng).partition("<<")
    return {
        "surname": surname.replace("<", " "),
        "given_names": given.replace("<", " "),
        "number": texts.number(rng).strip("<") or "X1",
        "birth": born,
        "expiry": TODAY + dt.timedelta(days=rng.randrange(-700, 3600)),
        "sex": rng.choice("MF"),
        "state": rng.choice(list(specimens.STATES)),
    }


def passport(rng: random.Random, dpi: int) -> tuple[Array, tuple[str, ...]]:
    values = person(rng)
    if rng.random() < 0.3:
        values["personal_number"] = texts.mixed(rng, rng.randint(4, 14), 0)
    lines = passport_lines(values)
    page = specimens.passport_page(**values, lines=(), dpi=dpi)
    print_zone(rng, page, lines, specimens.LINE_CENTRES, dpi / 25.4)
    return np.asarray(page), lines


@cache
def face(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def print_zone(
    rng: random.Random, page: Image.Image, lines: tuple[str, ...], centres: tuple[float, ...], scale: float
) -> None:
    """Print the lines as some printer would: its face, weight, ink, and what lies under the ink."""
    if rng.random() < 0.4:
        cross_with_waves(rng, page, round((centres[0] - 3) * scale))
    pen = ImageDraw.Draw(page)
    path, width = rng.choice(PRINTERS)
    font = face(path, specimens.PITCH * scale / specimens.OCR_B_ADVANCE * rng.uniform(0.95, 1.04))
    dark = rng.choice((15, 30, 60, 95))
    ink = tuple(round(dark * rng.uniform(0.7, 1.2)) for _ in range(3))
    for text, centre in zip(lines, centres, strict=True):
        left = (page.size[0] / scale - len(text) * specimens.PITCH) / 2
        for place, character in enumerate(text):
            where = ((left + (place + 0.5) * specimens.PITCH) * scale, (centre + 1.2) * scale)
            heavy = round(width * scale / 12)
            pen.text(where, character, fill=ink, font=font, anchor="ms", stroke_width=heavy, stroke_fill=ink)


def cross_with_waves(rng: random.Random, page: Image.Image, top: int) -> None:
    """Coloured security print under the zone, as strong as some states have it."""
    pen = ImageDraw.Draw(page)
    width, height = page.size
    tint = tuple(rng.randint(110, 225) for _ in range(3))
    step = rng.uniform(5, 16) * width / 1400
    swing, length = rng.uniform(2, 30), width / rng.uniform(2, 20)
    for row in range(round((height - top + 60) / step)):
        y = top - 30 + row * step
        points = [(x, y + swing * np.sin(x / length * 6.3 + row / 9)) for x in range(0, width, 6)]
        pen.line(points, fill=tint, width=max(1, round(width / 1400)))


def passport_lines(values: dict[str, Any]) -> tuple[str, ...]:
    values = dict(values)
    optional = values.pop("personal_number", "")
    return mrz.td3(nationality=values["state"], optional=optional, **values)


def card(rng: random.Random, dpi: int) -> tuple[Array, tuple[str, ...]]:
    """Draw a card's back (TD1) or face (TD2): the zone under other print."""
    values = person(rng)
    writer, paper = rng.choice(
        (
            (mrz.td1, Paper((85.6, 54.0), (36.0, 42.3, 48.6))),
            (mrz.td2, Paper((105.0, 74.0), (59.0, 65.3))),
        )
    )
    lines = writer(nationality=values["state"], **values)
    return sticker(rng, values, lines, paper, dpi), lines


def visa(rng: random.Random, dpi: int) -> tuple[Array, tuple[str, ...]]:
    """Draw a visa sticker, format A or B."""
    values = person(rng)
    writer, paper = rng.choice(
        (
            (mrz.mrv_a, Paper((120.0, 80.0), (64.7, 71.0))),
            (mrz.mrv_b, Paper((105.0, 74.0), (58.7, 65.0))),
        )
    )
    lines = writer(nationality=rng.choice(list(specimens.STATES)), **values)
    return sticker(rng, values, lines, paper, dpi), lines


def sticker(
    rng: random.Random, values: dict[str, Any], lines: tuple[str, ...], paper: Paper, dpi: int
) -> Array:
    """Draw a small document with these lines."""
    scale = dpi / 25.4
    issuer = specimens.STATES[values["state"]]
    page = Image.new("RGB", tuple(round(side * scale) for side in paper.size), issuer.paper)
    specimens.draw_security_print(page, issuer, seed=values["number"])
    fields = ((30, 10, "Surname", values["surname"]), (30, 17, "Given", values["given_names"]))
    specimens.draw_labels(page, issuer, fields, scale)
    specimens.stamp_specimen(page, scale, place=(0.6, 0.4))
    print_zone(rng, page, lines, paper.centres, scale)
    return np.asarray(page)


def spread(rng: random.Random, page: Array, dpi: int) -> Array:
    """Return the passport lies open: another page above the data page, with text or stamps."""
    height = page.shape[0]
    other = Image.new("RGB", (page.shape[1], height), specimens.STATES["UTO"].paper)
    specimens.draw_security_print(other, specimens.STATES["QSD"], seed=str(rng.random()))
    pen, scale = ImageDraw.Draw(other), dpi / 25.4
    for row in range(rng.randint(0, 9)):
        text = " ".join(texts.name_part(rng).lower() for _ in range(rng.randint(3, 9)))
        pen.text((9 * scale, (12 + 7 * row) * scale), text, (60, 60, 70), specimens.text_font(3 * scale))
    return np.vstack([np.asarray(other), np.full((4, page.shape[1], 3), 90, np.uint8), page])


def without_zone(rng: random.Random, dpi: int) -> Array:
    """Pictures that people send by mistake: a portrait, a letter, a table of numbers, cloth."""
    choice = rng.randrange(4)
    if choice == 0:
        return np.asarray(specimens.photo(rng.random()))
    if choice == 1:
        values = person(rng)
        return np.asarray(specimens.passport_page(**values, lines=(), dpi=dpi))
    if choice == 2:
        return letter(rng, dpi)
    noise = np.random.default_rng(rng.getrandbits(32))
    weave = cv2.resize(noise.integers(60, 200, (90, 120, 3)).astype(np.uint8), (1200, 900))
    return cv2.add(weave, noise.integers(0, 50, weave.shape).astype(np.uint8))


def letter(rng: random.Random, dpi: int) -> Array:
    """Return a page of lines, some of one width and full of capitals, digits and dashes."""
    scale = dpi / 25.4
    page = Image.new("RGB", (round(150 * scale), round(190 * scale)), (250, 250, 248))
    pen = ImageDraw.Draw(page)
    for row in range(26):
        if rng.random() < 0.3:
            text = "".join(rng.choice("0123456789-/ ABCDEF.") for _ in range(rng.randint(20, 50)))
            pen.text((10 * scale, (9 + 6.35 * row) * scale), text, (30, 30, 30), specimens.zone_font(scale))
        else:
            words = " ".join(texts.name_part(rng).lower() for _ in range(rng.randint(2, 11)))
            pen.text(
                (10 * scale, (9 + 6.35 * row) * scale), words, (30, 30, 30), specimens.text_font(3.4 * scale)
            )
    return np.asarray(page)


def ground(rng: random.Random, noise: np.random.Generator, shape: tuple[int, int]) -> Array:
    """Return what lies under the document: a plain or patterned table, brighter or darker than paper."""
    colour = np.array([rng.uniform(20, 235) for _ in range(3)])
    grey = colour.mean()
    colour = grey + (colour - grey) * 0.4
    cloth = np.ones((*shape, 3), np.float32) * colour.astype(np.float32)
    if rng.random() < 0.6:
        rough = noise.normal(0, 1, (max(2, shape[0] // rng.choice((4, 30))), max(2, shape[1] // 60)))
        cloth += cv2.resize(rough.astype(np.float32), shape[::-1])[..., None] * rng.uniform(4, 22)
    return cloth


def lay_down(
    rng: random.Random, noise: np.random.Generator, page: Array, dpi: int, *, straight: bool
) -> tuple[Array, tuple[int, int], float]:
    """Place the page before a camera: (3×3 map from page to picture, picture's size, scale)."""
    height, width = page.shape[:2]
    fill = 1.0 if straight else rng.uniform(0.6, 1.08)
    angle = np.deg2rad(rng.uniform(-1.5, 1.5) if straight else rng.uniform(-9, 9))
    long_side = rng.uniform(1000, 2600) if not straight else max(height, width)
    size = scene_size(rng, (height, width), long_side, straight=straight)
    scale = fill * min(size[0] / width, size[1] / height)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) * (width / 2, height / 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    seen = corners @ turn.T * scale
    if not straight:
        seen *= 1 + noise.uniform(-0.045, 0.045, (4, 2))
    seen += np.array(size) / 2 + noise.uniform(-0.02, 0.02, 2) * size
    source = (corners + np.array([width / 2, height / 2])).astype(np.float32)
    return cv2.getPerspectiveTransform(source, seen.astype(np.float32)), size, scale


def scene_size(
    rng: random.Random, page: tuple[int, int], long_side: float, *, straight: bool
) -> tuple[int, int]:
    """Choose width and height of the picture of a page of so many rows and columns."""
    height, width = page
    if straight:
        return round(width * rng.uniform(1.0, 1.15)), round(height * rng.uniform(1.0, 1.15))
    ratio = rng.choice((4 / 3, 3 / 2, 16 / 9, 1.0))
    long, short = round(long_side), round(long_side / ratio)
    return (long, short) if width > height else (short, long)


def photograph(
    rng: random.Random, page: Array, dpi: int, kind: str, characters: int = 44
) -> tuple[Array, dict[str, Any]]:
    """(picture, facts): the page as it arrives; its zone has lines of `characters`."""
    noise = np.random.default_rng(rng.getrandbits(32))
    straight = kind in ("flatbed", "crop")
    if not straight and rng.random() < 0.3:
        page = bend(rng, page)
    matrix, size, scale = lay_down(rng, noise, page, dpi, straight=straight)
    if scale < 0.7:
        page = cv2.GaussianBlur(page, (0, 0), 0.35 / scale)
    scene = ground(rng, noise, size[::-1])
    seen = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), matrix, size)[..., None] / 255
    scene = scene * (1 - mask) + seen * mask
    resolution = dpi / 25.4 * scale  # pixels a millimetre in the picture
    facts = {"pixels_per_mm": round(resolution, 2)}
    facts["cut"] = is_cut(matrix, size, page.shape, characters, dpi / 25.4)
    scene = light(rng, scene, facts, straight=straight)
    scene = unsharp(rng, scene, facts, straight=straight)
    scene += noise.normal(0, rng.uniform(0.5, 6), scene.shape)
    picture = np.clip(scene, 0, 255).astype(np.uint8)
    facts["turn"] = rng.choice((0, 0, 1, 2, 3))
    picture = np.rot90(picture, facts["turn"])
    facts["jpeg"] = rng.randint(30, 95)
    if rng.random() < 0.25:
        picture = by_messenger(rng, picture, facts)
    coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, facts["jpeg"]])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1], facts


def by_messenger(rng: random.Random, picture: Array, facts: dict[str, Any]) -> Array:
    """Shrunk to 1280 pixels and pressed hard, as messengers do."""
    shrink = 1280 / max(picture.shape)
    if shrink < 1:
        facts["pixels_per_mm"] = round(facts["pixels_per_mm"] * shrink, 2)
        picture = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    quality = rng.randint(40, 75)
    coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)


def is_cut(
    matrix: Array, size: tuple[float, float], shape: tuple[int, ...], characters: int, scale: float
) -> bool:
    """Whether the zone at the page's foot (4 to 18 mm from the edge) leaves the picture."""
    height, width = shape[:2]
    half = characters * specimens.PITCH * scale / 2
    box = [[width / 2 + x * half, height - y * scale] for x in (-1, 1) for y in (4, 18)]
    seen = cv2.perspectiveTransform(np.array([box], np.float32), matrix)[0]
    return bool((seen < 0).any() or (seen > np.array(size)).any())


def bend(rng: random.Random, page: Array) -> Array:
    """Return a page that does not lie flat: rows bow by up to 1.2 % of the width."""
    height, width = page.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    bow = rng.uniform(-0.012, 0.012) * width
    rows = y + bow * (1 - ((x / width) * 2 - 1) ** 2)
    return cv2.remap(page, x, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def light(rng: random.Random, scene: Array, facts: dict[str, Any], *, straight: bool) -> Array:
    """Exposure, a slope of light, the edge of a shadow, a lamp's reflection."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    facts["exposure"] = rng.uniform(0.9, 1.05) if straight else rng.uniform(0.4, 1.1)
    factor = facts["exposure"] * (1 + rng.uniform(-0.2, 0.2) * x + rng.uniform(-0.2, 0.2) * y)
    if not straight and rng.random() < 0.4:
        facts["shadow"] = rng.uniform(0.2, 0.6)
        edge = rng.uniform(-1, 1) * x + rng.uniform(-1, 1) * y + rng.uniform(-0.4, 0.4)
        factor *= 1 - facts["shadow"] / (1 + np.exp(np.clip(-edge * rng.uniform(10, 120), -50, 50)))
    scene = scene * factor[..., None]
    if not straight and rng.random() < 0.2:
        facts["glare"] = rng.uniform(40, 200)
        spot = ((x - rng.uniform(-0.8, 0.8)) ** 2 + (y - rng.uniform(-0.8, 0.8)) ** 2) / rng.uniform(
            0.005, 0.08
        )
        scene = scene + (facts["glare"] * np.exp(-spot))[..., None]
    return scene


def unsharp(rng: random.Random, scene: Array, facts: dict[str, Any], *, straight: bool) -> Array:
    """Out of focus, or moved, in millimetres of the document (a stroke is 0.35 mm)."""
    if straight:
        return scene
    if rng.random() < 0.6:
        facts["blur_mm"] = rng.uniform(0.02, 0.38)
        return cv2.GaussianBlur(scene, (0, 0), max(0.3, facts["blur_mm"] * facts["pixels_per_mm"]))
    if rng.random() < 0.4:
        facts["motion_mm"] = rng.uniform(0.1, 1.0)
        length = max(2, round(facts["motion_mm"] * facts["pixels_per_mm"]))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1
        turn = cv2.getRotationMatrix2D(((length - 1) / 2,) * 2, rng.uniform(0, 180), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        return cv2.filter2D(scene, -1, kernel / kernel.sum())
    return scene


def readable(facts: dict[str, Any]) -> bool:
    """Whether a person could read the zone: fine enough, sharp enough, not burnt out."""
    return (
        not facts["cut"]
        and facts["pixels_per_mm"] >= 3.4
        and facts.get("blur_mm", 0) <= 0.30
        and facts.get("motion_mm", 0) <= 0.7
        and facts.get("glare", 0) <= 120
    )


def page(rng: random.Random) -> Page:
    """One random Page."""
    kind = rng.choice(KINDS)
    dpi = rng.choice((150, 200, 300))
    if kind == "nothing":
        picture, facts = photograph(rng, without_zone(rng, dpi), dpi, "phone")
        return Page(picture, None, kind, readable=False, facts=facts)
    drawn, lines = {"card": card, "visa": visa}.get(kind, passport)(rng, dpi)
    if kind == "spread":
        drawn = spread(rng, drawn, dpi)
    if kind == "crop":
        drawn = drawn[round(drawn.shape[0] * rng.uniform(0.3, 0.7)) :]
    picture, facts = photograph(rng, drawn, dpi, kind, len(lines[0]))
    return Page(picture, lines, kind, readable(facts), facts)


def pages(count: int, seed: int) -> Iterator[Page]:
    """`count` pages, always the same for the same seed."""
    for number in range(count):
        yield page(random.Random(seed * 1_000_003 + number))
