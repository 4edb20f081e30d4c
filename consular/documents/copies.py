"""Copies for the file: every page as a picture, stamped with who took it, when, and from which case.

The stamp is burned into the pixels, three times across the page and once in a strip at its foot, so that cutting
one off leaves the others. One page is in memory as pixels at a time.
"""

import io
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.core.files.base import File
from PIL import Image, ImageDraw, ImageFont, ImageOps

from consular.documents import renditions
from consular.documents.models import Document

FONT = "assets/fonts/Vazirmatn-Bold.ttf"
DRAWN_AT = 96  # pixels: the size in which the stamp is drawn once, to be scaled to each page
INK, OPACITY = (122, 16, 32), 0.34
ROWS = (1 / 6, 1 / 2, 5 / 6)  # where the diagonal lines cross the middle, as parts of the height
STRIP = 26  # the strip at the foot: the height of the page divided by this
QUALITY = 82
LONG_SIDE_POINTS = 842  # A4
FULL, NONE = 255, 0


def stamped(document: Document, lines: list[str]) -> "File[bytes]":
    """Return a PDF of the document's pages with `lines` stamped on each. Raises what `renditions.read` raises."""
    stamp = drawn(lines)
    file: Any = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - closed with the response
    with pikepdf.new() as pdf:
        for jpeg, size in _pages(document, stamp):
            _add_page(pdf, jpeg, size)
        pdf.save(file)
    found: File[bytes] = File(file, f"{document.pk}.pdf")
    found.size = file.tell()
    file.seek(0)
    return found


def _pages(document: Document, stamp: Image.Image) -> Iterator[tuple[bytes, tuple[int, int]]]:
    for page in document.kept_pages:
        with Image.open(io.BytesIO(renditions.read(page.image))) as shown:
            picture = put_on(ImageOps.exif_transpose(shown).convert("RGB"), stamp)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY)
        yield out.getvalue(), picture.size


def drawn(lines: list[str]) -> Image.Image:
    """Return the lines as a mask, one below the other, each in its own direction."""
    font = _font()
    boxes = [font.getbbox(line) for line in lines]
    width, pitch = int(max(right - min(left, 0) for left, _, right, _ in boxes)), int(DRAWN_AT * 1.5)
    mask = Image.new("L", (width + DRAWN_AT // 2, pitch * len(lines)), NONE)
    draw = ImageDraw.Draw(mask)
    for number, line in enumerate(lines):
        draw.text((mask.width / 2, pitch * (number + 0.5)), line, fill=FULL, font=font, anchor="mm")
    return mask


def put_on(picture: Image.Image, stamp: Image.Image) -> Image.Image:
    """Return the picture with the stamp across it, and below it in a strip of its own."""
    diagonal = _fitted(stamp, 0.92 * picture.width, picture.height / 9)
    slanted = diagonal.rotate(20, Image.Resampling.BILINEAR, expand=True)
    faint = slanted.point(lambda value: int(value * OPACITY))
    for row in ROWS:
        at = ((picture.width - faint.width) // 2, int(picture.height * row) - faint.height // 2)
        picture.paste(INK, (*at, at[0] + faint.width, at[1] + faint.height), faint)
    return _with_strip(picture, stamp)


def _with_strip(picture: Image.Image, stamp: Image.Image) -> Image.Image:
    height = max(2, picture.height // STRIP)
    whole = Image.new("RGB", (picture.width, picture.height + height), "white")
    whole.paste(picture, (0, 0))
    line = _fitted(stamp, 0.96 * picture.width, height)
    at = ((whole.width - line.width) // 2, picture.height + (height - line.height) // 2)
    whole.paste((0, 0, 0), (*at, at[0] + line.width, at[1] + line.height), line)
    return whole


def _fitted(mask: Image.Image, width: float, height: float) -> Image.Image:
    scale = min(width / mask.width, height / mask.height)
    size = (max(1, int(mask.width * scale)), max(1, int(mask.height * scale)))
    return mask.resize(size, Image.Resampling.LANCZOS)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(settings.BASE_DIR) / FONT), DRAWN_AT)


def _add_page(pdf: pikepdf.Pdf, jpeg: bytes, size: tuple[int, int]) -> None:
    """Add a page that is one JPEG, as it is."""
    width, height = size
    scale = LONG_SIDE_POINTS / max(size)
    points = (round(width * scale, 2), round(height * scale, 2))
    image = pikepdf.Stream(pdf, jpeg)
    described: dict[str, Any] = {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Filter": pikepdf.Name.DCTDecode,
        "ColorSpace": pikepdf.Name.DeviceRGB, "BitsPerComponent": 8, "Width": width, "Height": height,
    }  # fmt: skip
    for name, value in described.items():
        image[f"/{name}"] = value
    page = pdf.add_blank_page(page_size=points)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    drawing = f"{points[0]} 0 0 {points[1]} 0 0 cm /Page Do"
    page.obj.Contents = pikepdf.Stream(pdf, drawing.encode())
