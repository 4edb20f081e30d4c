"""What measurements of a photo mean, by what a mission asks for."""

import pytest

from consular.documents import findings
from consular.documents.photo.specifications import SHIPPED, read

RULES = read(SHIPPED)
PAPER, SQUARE = RULES.named("35x45"), RULES.named("51x51")
GOOD = {
    "width": 700, "height": 900, "brightness": 170, "contrast": 70, "sharpness": 50, "faces": 1, "cut": 0, "crown": 9,
    "eyes": 46, "chin": 83, "middle": 50, "head": 74, "eye_line": 54, "eye_pixels": 170, "roll": 1, "yaw": -2,
    "background": 92, "shades": 4, "light": 70, "burnt": 0, "colour": 20, "lids": 32, "lips": 4, "glare": 0,
}  # fmt: skip


def codes(asked=PAPER, size=100_000, **measures):
    return [each["code"] for each in findings.of_photo({**GOOD, **measures}, asked, size)]


def test_a_good_photo_has_none():
    assert codes() == []


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        ({"head": 50}, "head_small"),
        ({"head": 90}, "head_large"),
        ({"eye_line": 40}, "eyes_low"),
        ({"eye_line": 70}, "eyes_high"),
        ({"roll": -14}, "head_tilted"),
        ({"yaw": 25}, "head_turned"),
        ({"lids": 9}, "eyes_closed"),
        ({"lips": 20}, "mouth_open"),
        ({"glare": 30}, "glasses_glare"),
        ({"light": 20}, "face_dark"),
        ({"burnt": 30}, "face_burnt"),
        ({"sharpness": 12}, "picture_blurred"),
        ({"colour": 0}, "photo_grey"),
        ({"background": 40}, "background_dark"),
        ({"shades": 60}, "background_uneven"),
        ({"age": 400}, "photo_old"),
        ({"cut": 1}, "head_cut"),
        ({"width": 500, "height": 643}, "picture_small"),
        ({"width": 900}, "photo_ratio"),
        ({"faces": 0}, "no_face"),
        ({"faces": 2}, "several_faces"),
        ({"faces": 0, "turned": 90}, "photo_on_its_side"),
    ],
)
def test_each_figure_past_its_limit_is_one(measures, code):
    assert codes(**measures) == [code]


def test_every_finding_about_a_photo_that_is_judged_here_can_be_made():
    assert {"picture_dark", "picture_bright"} <= set(findings.JUDGED)
    assert codes(faces=0, brightness=10) == ["no_face", "picture_dark"]
    assert codes(faces=0, brightness=250) == ["no_face", "picture_bright"]


def test_what_one_mission_asks_another_may_not():
    square = {"width": 900, "head": 60, "eye_line": 60}
    assert codes(SQUARE, **square) == []
    assert set(codes(PAPER, **square)) == {"photo_ratio", "head_small"}
    assert codes(SQUARE, size=300_000, **square) == ["photo_heavy"]


def test_what_was_not_measured_is_no_finding():
    unknown = {
        name: value for name, value in GOOD.items() if name not in ("head", "crown", "background", "shades")
    }
    assert findings.of_photo(unknown, PAPER, 1000) == []
    assert findings.of_photo({**GOOD, "faces": 2, "head": 10}, PAPER, 1000) == [
        {"code": "several_faces", "faces": 2}
    ]


def test_the_figure_and_its_limits_stand_in_the_finding():
    assert findings.of_photo({**GOOD, "head": 50.3}, PAPER, 1000) == [
        {"code": "head_small", "head": 50.3, "low": 70, "high": 80}
    ]


def test_what_lies_within_our_own_error_is_not_told():
    assert codes(head=69.2) == codes(eye_line=60.9) == []
