"""The passport reader on specimens as people photograph them: read exactly, or not at all."""

import datetime as dt
import io
import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from consular.documents.reading import read_passport
from consular.documents.reading.advice import CODES
from consular.lib import mrz
from embassy.demo import specimens

TODAY = dt.date(2026, 11, 24)
LEYLA = {
    "surname": "Arvandi",
    "given_names": "Leyla Shirin",
    "number": "QN1234567",
    "birth": dt.date(1991, 3, 7),
    "expiry": dt.date(2031, 5, 9),
    "sex": "F",
    "state": "QNR",
}
LINES = mrz.td3(**LEYLA, nationality="QNR")


@pytest.fixture(scope="module")
def page():
    """Leyla's data page, flat, 200 dpi."""
    return np.asarray(specimens.passport_page(**LEYLA, dpi=200))


def read(picture):
    return read_passport(picture, today=TODAY)


def seen(page, *, angle=0.0, corners=((0, 0), (0, 0), (0, 0), (0, 0)), ground=70, scale=1.0):
    """Lay the page on a table: turned by degrees, its corners moved by shares of its size."""
    height, width = page.shape[:2]
    size = np.array([width, height]) * 1.35
    box = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + corners - 0.5
    turn = np.deg2rad(angle)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    target = (box * (width, height)) @ rotation + size / 2
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (target * scale).astype(np.float32))
    shape = tuple(int(side) for side in size * scale)
    return cv2.warpPerspective(page, matrix, shape, borderValue=(ground,) * 3, flags=cv2.INTER_AREA)


def jpeg(picture, quality):
    coded = io.BytesIO()
    Image.fromarray(picture).save(coded, "JPEG", quality=quality)
    return np.asarray(Image.open(coded))


def test_a_flat_page_is_read_with_its_place(page):
    reading = read(page)
    assert reading.lines == LINES
    assert reading.mrz.valid
    assert (reading.mrz.surname, reading.mrz.birth_on) == ("ARVANDI", dt.date(1991, 3, 7))
    assert reading.confidence > 0.9
    assert reading.advice == ()
    (left, top), (right, _), (_, bottom), _ = reading.quad
    assert 0 < left < 0.1
    assert 0.9 < right < 1
    assert 0.75 < top < 0.85
    assert 0.87 < bottom < 0.97


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_it_does_not_matter_which_way_up_the_page_is(page, quarters):
    reading = read(np.rot90(page, quarters))
    assert reading.lines == LINES
    corner = np.array(reading.quad[0])  # the first character's: lower left on the upright page
    expected = [(0.05, 0.8), (0.8, 0.95), (0.95, 0.2), (0.2, 0.05)][quarters]
    assert np.allclose(corner, expected, atol=0.06)


@pytest.mark.parametrize("angle", [-10, -4, 3, 9])
def test_a_page_that_lies_askew_is_read(page, angle):
    assert read(seen(page, angle=angle)).lines == LINES


def test_a_page_in_perspective_is_read(page):
    tilted = seen(page, angle=3, corners=((0.05, 0.03), (-0.04, 0), (0.02, -0.03), (-0.02, 0.02)))
    assert read(tilted).lines == LINES


def test_the_edge_of_a_shadow_does_not_matter(page):
    darkened = page.copy()
    darkened[:, page.shape[1] // 3 :] = darkened[:, page.shape[1] // 3 :] * 0.45
    assert read(darkened).lines == LINES


def test_hard_pressed_pictures_are_read(page):
    assert read(jpeg(seen(page, angle=2, scale=0.75), 30)).lines == LINES


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "CMYK", "1"])
def test_pillow_images_of_every_mode_are_read(page, mode):
    assert read(Image.fromarray(page).convert(mode)).lines == LINES


@pytest.mark.parametrize("kind", ["TD1", "TD2", "MRV-A", "MRV-B"])
def test_cards_and_visas_are_read(kind):
    writer = {"TD1": mrz.td1, "TD2": mrz.td2, "MRV-A": mrz.mrv_a, "MRV-B": mrz.mrv_b}[kind]
    lines = writer(**LEYLA, nationality="QNR")
    scale = 8
    picture = Image.new("RGB", (125 * scale, 80 * scale), (230, 234, 238))
    for row, text in enumerate(lines):
        for place, character in enumerate(text):
            where = ((6 + place * specimens.PITCH) * scale, (50 + 6.35 * row) * scale)
            ImageDraw.Draw(picture).text(where, character, (20, 20, 25), specimens.zone_font(scale), "ms")
    reading = read(picture)
    assert reading.lines == lines
    assert reading.mrz.format == kind


def test_a_blurred_page_is_not_read_and_told_so(page):
    reading = read(cv2.GaussianBlur(page, (0, 0), 6))
    assert reading.lines is None
    assert set(reading.advice) & {"blurred", "no_zone"}


def test_a_page_whose_zone_is_cut_off_is_not_read_and_told_so(page):
    reading = read(page[:, : round(page.shape[1] * 0.85)])
    assert reading.lines is None
    assert "cut_off" in reading.advice


def test_a_dark_page_is_told_so_if_it_cannot_be_read(page):
    noise = np.random.default_rng(3).normal(0, 14, page.shape)
    reading = read(np.clip(page * 0.10 + noise, 0, 255).astype(np.uint8))
    assert reading.lines is None
    assert "too_dark" in reading.advice


def test_a_tiny_picture_is_told_so(page):
    reading = read(cv2.resize(page, None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA))
    assert reading.lines is None
    assert "too_small" in reading.advice


@pytest.mark.parametrize(
    "picture",
    [specimens.photo("nobody"), specimens.passport_page(**LEYLA, lines=(), dpi=150)],
    ids=["portrait", "page without a zone"],
)
def test_a_picture_without_a_zone_is_told_so(picture):
    reading = read(picture)
    assert reading.lines is None
    assert reading.quad is None
    assert "no_zone" in reading.advice


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (7, 9, 3), (300, 200, 4), (40, 2000, 3)])
@pytest.mark.parametrize("fill", ["black", "white", "noise"])
def test_no_picture_makes_it_fail(shape, fill):
    noise = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    picture = {"black": noise * 0, "white": noise | 255, "noise": noise}[fill]
    reading = read(picture)
    assert reading.lines is None
    assert "no_zone" in reading.advice


@pytest.mark.parametrize("column", [3, 9, 16, 24, 43])
def test_a_zone_whose_check_digits_fail_is_not_repaired_against_what_is_printed(column):
    wrong = "8" if LINES[1][column] != "8" else "1"
    second = LINES[1][:column] + wrong + LINES[1][column + 1 :]
    reading = read(specimens.passport_page(**LEYLA, lines=(LINES[0], second), dpi=200))
    assert reading.lines is None
    assert reading.advice


def test_what_is_accepted_is_right_however_bad_the_picture(page):
    rng = random.Random(11)  # noqa: S311 - no secret
    noise = np.random.default_rng(11)
    for _ in range(12):
        picture = seen(page, angle=rng.uniform(-9, 9), scale=rng.uniform(0.4, 0.8)).astype(np.float32)
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.8, 2.6))
        picture = picture * rng.uniform(0.3, 1) + noise.normal(0, rng.uniform(2, 22), picture.shape)
        reading = read(jpeg(np.clip(picture, 0, 255).astype(np.uint8), rng.randint(15, 60)))
        assert reading.lines in (None, LINES)
        assert bool(reading.lines) != bool(reading.advice)
        assert set(reading.advice) <= set(CODES)
