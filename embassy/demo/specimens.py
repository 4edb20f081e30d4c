"""Documents of people who do not exist: passports, portraits, bank statements, letters, drawn by code.

Every one carries the word SPECIMEN; states are fictional (or ICAO's Utopia). The same arguments
give the same pixels. For demo data, tests and the figures of the passport reader.
"""

import datetime as dt
import math
import random
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from consular.lib import mrz

Colour = tuple[int, ...]
Fields = tuple[tuple[float, float, str, str], ...]  # x and y in mm, label, value

OCR_B = Path(__file__).resolve().parents[2] / "assets" / "fonts" / "embassy-ocr-b.ttf"
OCR_B_ADVANCE = 0.723  # em
PITCH = 2.54  # mm between characters of the zone: OCR-B size 1
PAGE = (125.0, 88.0)  # mm, a passport's page (ID-3)
LINE_CENTRES = (72.25, 78.6)  # mm from the upper edge, ICAO 9303-4
INK = (34, 32, 48)


@dataclass(frozen=True)
class State:
    """Who issued a document, as it says so itself."""

    code: str
    name: str
    demonym: str
    paper: Colour = (226, 232, 240)
    print: Colour = (80, 110, 160)


STATES = {
    state.code: state
    for state in (
        State("QVM", "Republic of Velmaris", "Velmarian", (232, 236, 228), (70, 120, 100)),
        State("QNR", "Naruvia", "Naruvian", (240, 230, 222), (160, 95, 70)),
        State("QSD", "Kingdom of Sundmark", "Sundmarker", (226, 232, 242), (70, 95, 160)),
        State("QPB", "Belcastra", "Belcastran", (242, 228, 232), (150, 70, 100)),
        State("QTI", "Iltera", "Ilteran", (228, 240, 240), (50, 125, 130)),
        State("QRO", "Osmark", "Osmarker", (238, 238, 224), (125, 120, 60)),
        State("QWK", "Kelvia", "Kelvian", (234, 228, 242), (105, 80, 150)),
        State("UTO", "Utopia", "Utopian", (230, 236, 242), (90, 100, 120)),
    )
}


@cache
def text_font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a plain Latin face that comes with Pillow itself."""
    return ImageFont.load_default(size)


@cache
def zone_font(scale: float) -> ImageFont.FreeTypeFont:
    """OCR-B at size 1 for `scale` pixels a millimetre."""
    return ImageFont.truetype(str(OCR_B), PITCH * scale / OCR_B_ADVANCE)


# Passport ------------------------------------------------------------------------------------


def passport_page(  # noqa: PLR0913 - one keyword for each field of the page
    *,
    surname: str,
    given_names: str,
    number: str,
    birth: dt.date,
    expiry: dt.date,
    sex: str,
    state: str = "UTO",
    nationality: str | None = None,
    issued: dt.date | None = None,
    birthplace: str = "",
    personal_number: str = "",
    lines: tuple[str, ...] | None = None,
    dpi: int = 300,
) -> Image.Image:
    """Return the data page of a specimen passport, 125 × 88 mm, as an RGB picture.

    state, nationality: codes of STATES (nationality: the state's when not given); birth, expiry,
    issued: dates; lines: other machine-readable lines than those of these values, for pages whose
    zone disagrees or is damaged; an empty tuple draws none.
    """
    issuer = STATES[state]
    nation = STATES[nationality or state]
    if lines is None:
        lines = mrz.td3(
            state=state,
            surname=surname,
            given_names=given_names,
            number=number,
            nationality=nation.code,
            birth=birth,
            sex=sex,
            expiry=expiry,
            optional=personal_number,
        )
    scale = dpi / 25.4
    page = Image.new("RGB", (round(PAGE[0] * scale), round(PAGE[1] * scale)), issuer.paper)
    draw_security_print(page, issuer, seed=number)
    paste_portrait(page, f"{surname}{given_names}{number}", scale)
    issued = issued or expiry.replace(year=expiry.year - 10, day=min(expiry.day, 28))
    draw_labels(
        page,
        issuer,
        (
            (40, 14, "Type", "P"),
            (58, 14, "Code of state", issuer.code),
            (86, 14, "Passport No.", number),
            (40, 22, "Surname", surname),
            (40, 30, "Given names", given_names),
            (40, 38, "Nationality", nation.demonym),
            (86, 38, "Personal No.", personal_number),
            (40, 46, "Date of birth", day_month_year(birth)),
            (71, 46, "Sex", sex),
            (86, 46, "Place of birth", birthplace or "Specimen Town"),
            (40, 54, "Date of issue", day_month_year(issued)),
            (86, 54, "Date of expiry", day_month_year(expiry)),
        ),
        scale,
    )
    stamp_specimen(page, scale)
    draw_zone(page, lines, scale)
    return page


def day_month_year(date: dt.date) -> str:
    return f"{date.day:02d} {date:%b %Y}".upper()


def draw_security_print(page: Image.Image, issuer: State, seed: str) -> None:
    """Fine wavy lines under everything, as printers of passports love them."""
    rng = random.Random(f"paper {seed}")
    pen = ImageDraw.Draw(page)
    tint = tuple((3 * p + c) // 4 for p, c in zip(issuer.paper, issuer.print, strict=True))
    width, height = page.size
    step = max(6, width // 150)
    for family in range(2):
        swing, length = height / rng.uniform(14, 30), width / rng.uniform(1.5, 4)
        phase = rng.uniform(0, 6.3)
        for base in range(-height // 8, height + height // 8, step * 2):
            points = [
                (x, base + swing * math.sin(x / length * 6.3 + phase + family * base / height))
                for x in range(0, width + step, step)
            ]
            pen.line(points, fill=tint, width=1)


def paste_portrait(page: Image.Image, seed: str, scale: float) -> None:
    """Return the portrait in its frame, left of the text."""
    box = tuple(round(value * scale) for value in (5, 13, 36, 53))
    size = (box[2] - box[0], box[3] - box[1])
    page.paste(photo(seed, marked=False).resize(size, Image.Resampling.LANCZOS), (box[0], box[1]))


def draw_labels(page: Image.Image, issuer: State, fields: Fields, scale: float) -> None:
    """Return the heading and every (x, y, label, value) at its place in millimetres."""
    pen = ImageDraw.Draw(page)
    heading = f"{issuer.name.upper()}     PASSPORT"
    pen.text((5 * scale, 4 * scale), heading, fill=issuer.print, font=text_font(4.2 * scale))
    for x, y, label, value in fields:
        pen.text((x * scale, y * scale), label, fill=issuer.print, font=text_font(1.9 * scale))
        where = (x * scale, (y + 2.4) * scale)
        pen.text(where, str(value).upper(), fill=INK, font=text_font(3.1 * scale))


def stamp_specimen(picture: Image.Image, scale: float, place: tuple[float, float] = (0.62, 0.52)) -> None:
    """SPECIMEN across the picture, translucent."""
    width, height = picture.size
    layer = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(layer)
    centre = (width * place[0], height * place[1])
    pen.text(centre, "SPECIMEN", fill=80, font=text_font(13 * scale), anchor="mm")
    layer = layer.rotate(14, center=centre, resample=Image.Resampling.BICUBIC)
    picture.paste(Image.new("RGB", picture.size, (190, 40, 50)), mask=layer)


def draw_zone(page: Image.Image, lines: tuple[str, ...], scale: float) -> None:
    """Return the machine-readable lines on a light ground at the foot of the page."""
    width, height = page.size
    ground = Image.new("RGB", (width, height - round(65 * scale)), (250, 250, 248))
    page.paste(Image.blend(ground, page.crop((0, height - ground.size[1], *page.size)), 0.15),
               (0, height - ground.size[1]))  # fmt: skip
    pen = ImageDraw.Draw(page)
    for text, centre in zip(lines, LINE_CENTRES, strict=False):
        left = (PAGE[0] - len(text) * PITCH) / 2
        for place, character in enumerate(text):
            middle = ((left + (place + 0.5) * PITCH) * scale, (centre + 1.2) * scale)
            pen.text(middle, character, fill=(20, 20, 24), font=zone_font(scale), anchor="ms")


# Portrait ------------------------------------------------------------------------------------

GROUND = 225  # grey value above which a pixel is the ground behind the head
SKINS = ((244, 208, 180), (226, 178, 142), (198, 146, 108), (160, 110, 78), (112, 74, 54))
HAIRS = ((38, 28, 24), (74, 50, 34), (118, 84, 50), (150, 140, 132), (24, 22, 26))
CLOTHES = ((52, 66, 92), (96, 52, 58), (62, 84, 66), (84, 80, 92), (40, 42, 48))


def photo(
    seed: object = "specimen",
    *,
    size: tuple[int, int] = (700, 900),
    ground: Colour = (236, 238, 240),
    marked: bool = True,
) -> Image.Image:
    """Return a drawn portrait of nobody, 35 × 45 mm in ratio, the head about 74 % of the height.

    The same `seed` gives the same face. `size` in pixels; `ground` is the colour behind the head;
    `marked` writes SPECIMEN across the clothes.
    """
    picture = portrait(f"face {seed}", ground).copy()
    if marked:
        pen = ImageDraw.Draw(picture)
        pen.text((350, 867), "SPECIMEN", fill=(225, 225, 225), font=text_font(40), anchor="mm")
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


@lru_cache(maxsize=8)
def portrait(seed: str, ground: Colour) -> Image.Image:
    """Return a portrait without a mark, 700 × 900; kept, since a person's passport and photo show one face."""
    rng = random.Random(seed)
    picture = Image.new("RGB", (1400, 1800), ground)
    look = {
        "skin": rng.choice(SKINS),
        "hair": rng.choice(HAIRS),
        "clothes": rng.choice(CLOTHES),
        "long": rng.choice((True, False)),
        "wide": rng.uniform(0.94, 1.06),
        "brow": rng.uniform(-10, 10),
    }
    draw_shoulders(picture, look)
    draw_head(picture, look)
    draw_face(picture, look)
    return shade(picture.reduce(2))


def darker(colour: Colour, factor: float) -> Colour:
    return tuple(round(part * factor) for part in colour)


def oval(
    pen: ImageDraw.ImageDraw, centre: tuple[float, float], radii: tuple[float, float], fill: Colour
) -> None:
    (x, y), (a, b) = centre, radii
    pen.ellipse((x - a, y - b, x + a, y + b), fill=fill)


def draw_shoulders(picture: Image.Image, look: dict[str, Any]) -> None:
    pen = ImageDraw.Draw(picture)
    if look["long"]:
        oval(pen, (700, 900), (480, 620), look["hair"])
    pen.rounded_rectangle((120, 1480, 1280, 2300), 330, fill=look["clothes"])
    pen.rounded_rectangle((550, 1250, 850, 1620), 110, fill=darker(look["skin"], 0.86))
    pen.polygon(((480, 1500), (700, 1700), (920, 1500), (960, 1560), (700, 1800), (440, 1560)),
                fill=darker(look["clothes"], 0.8))  # fmt: skip


def draw_head(picture: Image.Image, look: dict[str, Any]) -> None:
    pen = ImageDraw.Draw(picture)
    wide = look["wide"]
    oval(pen, (700, 690), (445 * wide, 540), look["hair"])
    for side in (-1, 1):
        oval(pen, (700 + side * 410 * wide, 860), (60, 110), darker(look["skin"], 0.9))
    oval(pen, (700, 880), (400 * wide, 570), look["skin"])
    pen.pieslice((300, 250, 1100, 900), 195, 345, fill=look["hair"])


def draw_face(picture: Image.Image, look: dict[str, Any]) -> None:
    """Eyes, brows, nose and mouth; the eye line at half the head's height."""
    pen = ImageDraw.Draw(picture)
    skin, hair = look["skin"], look["hair"]
    for side in (-1, 1):
        x = 700 + side * 170
        pen.line(((x - 90, 720), (x, 695 + look["brow"]), (x + 90, 720)), fill=hair, width=26)
        oval(pen, (x, 825), (88, 52), darker(skin, 0.78))
        oval(pen, (x, 828), (78, 40), (246, 246, 244))
        oval(pen, (x, 826), (37, 38), (72, 58, 44))
        oval(pen, (x, 826), (18, 19), (14, 12, 12))
        oval(pen, (x - 11, 814), (8, 8), (255, 255, 255))
        oval(pen, (x + side * 60, 1070), (90, 70), darker(skin, 0.96))
    pen.polygon(((690, 840), (640, 1050), (700, 1085), (760, 1050), (712, 840)), fill=darker(skin, 0.93))
    oval(pen, (700, 1060), (66, 34), darker(skin, 0.88))
    pen.ellipse((575, 1160, 825, 1250), fill=(176, 92, 88))
    pen.line(((575, 1204), (640, 1198), (700, 1206), (760, 1198), (825, 1204)), fill=(112, 52, 52), width=10)


def shade(picture: Image.Image) -> Image.Image:
    """Soft edges and light from the upper left, a little grain: less of a cartoon."""
    picture = picture.filter(ImageFilter.GaussianBlur(2.5))
    values = np.array(picture, np.float32)
    fall, side, grain = light_and_grain(*values.shape[:2])
    values *= (1.03 - fall * (values.mean(2) < GROUND) - side)[..., None]
    values += grain[..., None]
    return Image.fromarray(values.clip(0, 255, out=values).astype(np.uint8))


@lru_cache(maxsize=1)
def light_and_grain(height: int, width: int) -> tuple[Any, Any, Any]:
    """Return how the light falls off from the middle, how from the left, and the grain: arrays of one size."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    grain = np.random.default_rng(45).normal(0, 1.0, (height, width)).astype(np.float32)
    return np.float32(0.10) * np.clip(x * x + y * y - np.float32(0.2), 0, 1), np.float32(0.02) * x, grain
