"""Portraits are measured as a person marks them; what cannot be measured is left out."""

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from consular.documents import findings
from consular.documents.photo import specifications
from consular.documents.photo.measuring import measure
from tests.consular.documents.photo.pictures import CHIN, CROWN, EYES, astronaut, nobody, smaller

ASKED = specifications.read(specifications.SHIPPED).named("35x45")


def codes(picture, asked=ASKED):
    figures = {"width": picture.width, "height": picture.height, "brightness": 150, **measure(picture)}
    return {each["code"] for each in findings.of_photo(figures, asked, 0)}


@pytest.mark.parametrize("factor", [0.7, 1, 2, 4])
def test_a_head_is_as_high_as_a_person_marked_it(factor):
    photo = astronaut()
    photo = photo.resize(
        (round(photo.width * factor), round(photo.height * factor)), Image.Resampling.LANCZOS
    )
    measured = measure(photo)
    marked = 100 * (CHIN - CROWN) / astronaut().height
    assert measured["head"] == pytest.approx(marked, rel=0.03)
    assert measured["eyes"] == pytest.approx(100 * EYES / astronaut().height, abs=1)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_wrong_with_a_good_portrait(seed):
    assert codes(nobody(seed)) == set()


@pytest.mark.parametrize("factor", [0.4, 0.6, 0.8])
def test_a_smaller_head_measures_smaller(factor):
    assert measure(smaller(factor))["head"] == pytest.approx(factor * measure(nobody())["head"], rel=0.03)
    assert "head_small" in codes(smaller(factor))


def test_a_large_head_is_told_and_one_that_the_edge_cuts_is_not_measured():
    cut = nobody().crop((100, 60, 600, 800))
    assert "head_large" in codes(cut)
    measured = measure(nobody().crop((60, 150, 640, 860)))
    assert measured["cut"] == 1
    assert "head" not in measured
    assert "head_cut" in codes(nobody().crop((60, 150, 640, 860)))


@pytest.mark.parametrize("degrees", [-18, -12, 12, 18])
def test_a_tilted_head_is_told_with_its_degrees(degrees):
    tilted = nobody().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=(236, 238, 240))
    assert measure(tilted)["roll"] == pytest.approx(degrees, abs=3)
    assert "head_tilted" in codes(tilted)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_that_is_not_upright_is_told_how_to_turn_it(turn):
    lying = nobody().rotate(turn, expand=True)  # to the left
    assert measure(lying) == {"faces": 0, "turned": turn}
    assert "photo_on_its_side" in codes(lying)


def test_two_people_are_counted():
    pair = Image.new("RGB", (1400, 900))
    pair.paste(nobody(1), (0, 0))
    pair.paste(nobody(2), (700, 0))
    assert measure(pair) == {"faces": 2}
    behind = nobody().copy()
    behind.paste(astronaut().resize((170, 165)), (0, 0))
    assert measure(behind)["faces"] == 2


def test_a_blurred_face_is_told():
    assert "picture_blurred" in codes(astronaut().filter(ImageFilter.GaussianBlur(3)))
    assert "picture_blurred" not in codes(astronaut())


def test_dark_burnt_and_colourless_pictures_are_told():
    values = np.asarray(nobody(3)).astype(float)
    assert "face_dark" in codes(Image.fromarray((values * 0.25).astype(np.uint8)))
    assert "face_burnt" in codes(Image.fromarray(np.clip(values * 1.5, 0, 255).astype(np.uint8)))
    assert "photo_grey" in codes(nobody(3).convert("L").convert("RGB"))


@pytest.mark.parametrize("seed", range(8))
def test_a_dark_skin_in_good_light_is_not_a_dark_face(seed):
    assert "face_dark" not in codes(nobody(seed))


def test_a_dark_and_an_uneven_background_are_told():
    red = np.asarray(nobody()).copy()
    wall = (np.abs(red.astype(int) - (236, 238, 240)).max(axis=2) < 12)[..., None]
    assert "background_dark" in codes(Image.fromarray(np.where(wall, np.uint8(70), red)))
    shadow = np.linspace(110, 240, red.shape[1]).astype(np.uint8)[None, :, None]
    assert "background_uneven" in codes(Image.fromarray(np.where(wall, shadow, red)))


def test_closed_eyes_and_glare_are_told():
    figures = measure(nobody())
    row, apart = figures["eyes"] / 100 * 900, figures["eye_pixels"]
    closed, shining = nobody().copy(), nobody().copy()
    for side in (-0.5, 0.5):
        x = figures["middle"] / 100 * 700 + side * apart
        skin = nobody().getpixel((int(x), int(row + 0.45 * apart)))
        pen = ImageDraw.Draw(closed)
        pen.ellipse((x - 0.3 * apart, row - 0.2 * apart, x + 0.3 * apart, row + 0.2 * apart), fill=skin)
        pen.line((x - 0.2 * apart, row, x + 0.2 * apart, row), fill=(40, 30, 30), width=3)
        ImageDraw.Draw(shining).ellipse((x - 30, row - 18, x + 30, row + 18), fill=(253, 253, 252))
    assert "glasses_glare" in codes(shining)
    lids = measure(closed.filter(ImageFilter.GaussianBlur(1)))["lids"]
    assert lids < 0.6 * figures["lids"]


def test_an_open_mouth_is_told():
    assert "mouth_open" in codes(astronaut())  # she smiles
    assert "mouth_open" not in codes(nobody())


def shapes():
    plain = Image.new("RGB", (300, 400), (200, 200, 200))
    smile = plain.copy()
    pen = ImageDraw.Draw(smile)
    pen.ellipse((50, 50, 250, 350), fill=(250, 220, 40))
    pen.ellipse((100, 150, 120, 170), fill=(0, 0, 0))
    pen.ellipse((180, 150, 200, 170), fill=(0, 0, 0))
    tiny = Image.new("RGB", (3000, 3000), (220, 220, 220))
    tiny.paste(nobody().resize((20, 26)), (1500, 1500))
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (500, 400, 3), np.uint8))
    return {"plain": plain, "smile": smile, "noise": noise, "tiny": tiny, "pixel": Image.new("RGB", (1, 1)),
            "line": Image.new("RGB", (2000, 1)), "column": Image.new("RGB", (1, 2000)),
            "white": Image.new("RGB", (600, 800), "white")}  # fmt: skip


@pytest.mark.parametrize("name", shapes())
def test_where_there_is_no_face_none_is_measured(name):
    begun = time.monotonic()
    assert measure(shapes()[name]) == {"faces": 0}
    assert time.monotonic() - begun < 10
