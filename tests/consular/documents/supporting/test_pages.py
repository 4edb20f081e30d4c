"""Blank and cut pages, bar codes and copies of pictures."""

import io
import random

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from consular.documents.supporting import barcodes, likeness, surfaces
from embassy.demo import specimens
from tests.consular.documents import files

PAGE = (1240, 1754)
STORY = [
    {"given_names": given, "number": f"N123456{place}", "sex": sex}
    for place, (given, sex) in enumerate([("SHIRIN", "F"), ("REZA", "M"), ("LEILA", "F"), ("OMID", "M")])
]


def written(size=PAGE, paper=(238, 236, 230), lines=30, at=(150, 150)):
    """Return a page with lines of words."""
    page = Image.new("RGB", size, paper)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(files.OCR_B), 26)
    for line in range(lines):
        draw.text(
            (at[0], at[1] + 45 * line), f"{line} On this day the balance stands", font=font, fill=(30, 30, 40)
        )
    return page


def grain(page, strength=6, seed=1):
    """Return a page as a scanner's sensor sees it."""
    noise = Image.frombytes("L", page.size, random.Random(seed).randbytes(page.width * page.height))  # noqa: S311 - no secret
    return Image.blend(page, noise.convert("RGB"), strength / 255)


def passports():
    import datetime as dt

    fixed = {"surname": "AZAD", "birth": dt.date(1990, 5, 5), "expiry": dt.date(2031, 5, 1), "dpi": 200}
    return [specimens.passport_page(**each, **fixed).convert("RGB") for each in STORY]


def resaved(page, quality):
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


@pytest.mark.parametrize("colour", ["white", (238, 236, 230), (120, 120, 120), "black"])
def test_paper_of_any_colour_is_blank_with_a_scanners_grain_too(colour):
    page = Image.new("RGB", PAGE, colour)
    assert surfaces.is_blank(page)
    assert surfaces.is_blank(grain(page))


def test_a_page_with_a_line_on_it_is_not_blank():
    assert not surfaces.is_blank(written(lines=1))
    assert not surfaces.is_blank(grain(written(lines=1)))


def test_a_page_as_small_as_a_dot_harms_nothing():
    for size in ((1, 1), (1, 3000), (3000, 1), (2, 2)):
        page = Image.new("RGB", size, "white")
        assert surfaces.is_blank(page)
        assert surfaces.cut_sides(page) == []
        assert likeness.likeness_of(page) == b""
        assert barcodes.codes_on(page) == []


def test_writing_that_runs_over_an_edge_is_cut_at_that_side():
    whole = written()
    assert surfaces.cut_sides(whole) == []
    assert surfaces.cut_sides(grain(whole)) == []
    assert surfaces.cut_sides(whole.crop((230, 0, *PAGE))) == ["left"]
    assert surfaces.cut_sides(whole.crop((0, 0, 420, 1754))) == ["right"]
    assert surfaces.cut_sides(whole.crop((0, 162, *PAGE))) == ["top"]


def test_a_paper_on_a_dark_table_is_not_cut():
    table = Image.new("RGB", (1700, 2300), (70, 50, 40))
    table.paste(written(), (200, 250))
    assert surfaces.cut_sides(grain(table, 30)) == []


def test_a_bar_code_is_found_with_its_place_and_says_what_it_says():
    page = written()
    code = zxingcpp.create_barcode("https://example.org/check?n=1", zxingcpp.BarcodeFormat.QRCode)
    page.paste(Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=8)).convert("RGB"), (900, 1400))
    [found] = barcodes.codes_on(page)
    assert (found.sort, found.text) == ("QR", "https://example.org/check?n=1")
    assert found.box[0] > 0.7
    assert found.box[1] > 0.75
    assert barcodes.codes_on(written()) == []


def test_copies_of_a_picture_are_found_and_a_familys_passports_are_not():
    pages = passports()
    known = [likeness.likeness_of(page) for page in pages]
    for place, page in enumerate(pages):
        for copy in (resaved(page, 40), ImageEnhance.Brightness(page).enhance(0.95), page.convert("L")):
            other = likeness.likeness_of(copy)
            assert [likeness.are_copies(each, other) for each in known].index(True) == place
            assert set(likeness.bands_of(known[place])) & set(likeness.bands_of(other))
    others = [likeness.difference(one, two) for at, one in enumerate(known) for two in known[:at]]
    assert min(others) > likeness.SAME * 1.2


def test_pages_with_nothing_on_them_are_copies_of_nothing():
    assert likeness.likeness_of(grain(Image.new("RGB", PAGE, "white"))) == b""
    assert not likeness.are_copies(b"", b"")
