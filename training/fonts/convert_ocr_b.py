"""Make assets/fonts/embassy-ocr-b.ttf from the OCR-B of Debian's package fonts-ocr-b.

    python training/fonts/convert_ocr_b.py [OCRB.otf] [embassy-ocr-b.ttf]

Why at all: the original is CFF, which WeasyPrint cannot embed in a valid PDF/A-3, and its family
name would lose to an installed font of the same name. So the outlines become quadratic (TrueType)
and the family becomes "Embassy OCR-B". Glyphs, advance widths and metrics stay as they are: at
9.96 pt the pitch is ten characters an inch, the size 1 that ICAO 9303-3 asks for.

Needs nothing but fontTools (a dependency of WeasyPrint). The result is the same, byte for byte,
for the same input and fontTools.
"""

import sys
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

SOURCE = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
TARGET = Path(__file__).resolve().parents[2] / "assets" / "fonts" / "embassy-ocr-b.ttf"

FAMILY = "Embassy OCR-B"
MAX_ERROR = 0.5  # units of 1/1000 em between the cubic and the quadratic outline
NAMES = {
    1: FAMILY,
    2: "Regular",
    3: f"{FAMILY} 2.0 (quadratic outlines)",
    4: FAMILY,
    5: "Version 2.0",
    6: "EmbassyOCR-B",
    13: "You may freely use, modify and/or distribute this file, without limitation.",
}
CFF_ONLY_TABLES = ("CFF ", "VORG", "FFTM", "GSUB", "GPOS", "GDEF")


def quadratic_glyphs(font: TTFont) -> dict[str, Any]:
    """Every glyph of a CFF font as a TrueType glyph, by name."""
    glyph_set = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def replace_outlines(font: TTFont) -> None:
    """Put `glyf` and `loca` in the place of `CFF `, and the figures that depend on them right."""
    glyphs = quadratic_glyphs(font)
    for tag in CFF_ONLY_TABLES:
        if tag in font:
            del font[tag]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = font.getGlyphOrder(), glyphs
    font.sfntVersion = "\000\001\000\000"
    write_maxp(font)
    write_side_bearings(font)


def write_maxp(font: TTFont) -> None:
    """Return the version 1.0 of `maxp` that TrueType outlines need; fontTools counts points on saving."""
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in [
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ]:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 2.0
    font["post"].extraNames, font["post"].mapping = [], {}


def write_side_bearings(font: TTFont) -> None:
    """Left side bearings equal to each glyph's xMin, as TrueType wants them."""
    glyf, metrics = font["glyf"], font["hmtx"].metrics
    for name, (advance, _) in metrics.items():
        glyph = glyf[name]
        glyph.recalcBounds(glyf)
        metrics[name] = (advance, getattr(glyph, "xMin", 0) or 0)


def rename(font: TTFont) -> None:
    """Return the family "Embassy OCR-B"; the authors' copyright line stays."""
    table = font["name"]
    copyright_line = table.getDebugName(0)
    table.names = []
    for name_id, text in {0: copyright_line, **NAMES}.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["post"].isFixedPitch = 1


def convert(source: Path, target: Path) -> None:
    """Write the TrueType font `target` from the CFF font `source`."""
    font = TTFont(source, recalcTimestamp=False)
    replace_outlines(font)
    rename(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    convert(*(paths + [SOURCE, TARGET][len(paths) :]))
