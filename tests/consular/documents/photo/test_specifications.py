"""The rules of photos are data by mission; a file that cannot be right says what is wrong."""

import pytest

from consular.documents.photo import drawing, specifications
from consular.documents.photo.specifications import SHIPPED, UnusableError, read

FILE = """
default = "a"
[missions]
port-sabel = "b"
[specifications.a]
size = [35, 45]
shortest = 600
longest = 3000
head = [70, 80]
eyes = [50, 60]
months = 6
[specifications.b]
size = [51, 51]
shortest = 600
longest = 1200
head = [50, 69]
eyes = [56, 69]
bytes = [0, 240000]
months = 6
"""


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a file of rules and returns its path."""

    def write(text):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_each_mission_has_its_own_and_all_others_the_default(written):
    rules = read(written(FILE))
    assert rules.of_mission("port-sabel").head == (50, 69)
    assert rules.of_mission("dorun").code == rules.of_mission(None).code == "a"
    assert rules.named("gone").code == "a"


def test_the_shipped_ones_are_what_the_two_usual_photos_ask():
    rules = read(SHIPPED)
    assert (rules.named("35x45").head, rules.named("35x45").eyes) == ((70, 80), (50, 60))
    square = rules.named("51x51")
    assert (square.head, square.eyes, square.shape, square.bytes) == ((50, 69), (56, 69), 1, (0, 240_000))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('default = "a"', 'default = "c"'),
        ('port-sabel = "b"', 'port-sabel = "c"'),
        ("head = [70, 80]", "head = [80, 70]"),
        ("head = [70, 80]", 'head = "large"'),
        ("head = [70, 80]", "head = [70, 80]\nface = [1, 2]"),
        ("head = [70, 80]", ""),
        ("[specifications.a]", "[specifications.a"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(written, right, wrong):
    path = written(FILE.replace(right, wrong))
    with pytest.raises(UnusableError, match=path.name):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnusableError):
        read(tmp_path / "none.toml")


@pytest.mark.parametrize("code", ["35x45", "51x51"])
def test_the_drawn_example_keeps_its_own_rules(code):
    asked = read(SHIPPED).named(code)
    lines = drawing.example(asked).lines
    head = 100 * (lines.chin - lines.crown) / lines.height
    assert asked.head[0] <= head <= asked.head[1]
    assert asked.eyes[0] <= 100 - 100 * lines.eyes / lines.height <= asked.eyes[1]
    assert lines.crown_wanted.top <= lines.crown <= lines.crown_wanted.top + lines.crown_wanted.height
    assert lines.eyes_wanted.top <= lines.eyes <= lines.eyes_wanted.top + lines.eyes_wanted.height


def test_lines_stand_where_they_were_measured():
    asked = specifications.read(SHIPPED).named("35x45")
    lines = drawing.over({"crown": 10.0, "eyes": 45.0, "chin": 85.0}, asked, 700, 900)
    assert (lines.crown, lines.eyes, lines.chin) == (90, 405, 765)
    assert (lines.eyes_wanted.top, lines.eyes_wanted.height) == (360, 90)
    assert drawing.over({"eyes": 45.0, "chin": 85.0}, asked, 700, 900).crown is None
    assert drawing.over({"faces": 0}, asked, 700, 900) is None
