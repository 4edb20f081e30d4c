"""Who the embassy is: what the reader takes, and what it refuses with which words."""

import re
import shutil

import pytest

from embassy.settings import colours, emblem, identity
from embassy.settings.identity import SHIPPED, UnusableError
from tests.embassy.start.conftest import in_its_own_process

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "embassy")
    return tmp_path / "embassy"


def change(folder, old, new):
    path = folder / "identity.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder):
    with pytest.raises(UnusableError) as caught:
        identity.read(folder)
    return str(caught.value)


def test_the_shipped_identity_is_that_of_velmaris():
    found = identity.read(SHIPPED)
    assert (found.alpha2, found.alpha3, found.mrz, found.demonstration) == ("QV", "QVM", "QVM", True)
    assert found.languages == ("en", "fa", "ar", "fr", "es")
    assert found.names["fr"] == "Ambassade virtuelle de Velmaris"


def test_a_folder_that_is_not_there_is_named_with_what_to_do(tmp_path):
    told = refusal(tmp_path / "nowhere")
    assert "nowhere" in told
    assert "start_embassy" in told


@pytest.mark.parametrize("broken", ["languages = [", "= = =", "a = 1\na = 2", "\0"])
def test_broken_toml_is_told_with_its_place(folder, broken):
    (folder / "identity.toml").write_text(broken, encoding="utf-8")
    assert "not written as TOML" in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"fr", "es"]', '"fr", "de"]', "de: the portal is not written in it. Known: en, fa, ar, fr, es"),
        ('["en", "fa", "ar", "fr", "es"]', '["fa"]', 'languages must have "en"'),
        ('["en", "fa", "ar", "fr", "es"]', "[]", "languages must be a list"),
        ('["en", "fa", "ar", "fr", "es"]', '["en", "en"]', "named twice"),
        ('["en", "fa", "ar", "fr", "es"]', '["en", 7]', "7: the portal is not written in it"),
        ("demonstration = true", 'demonstration = "yes"', "Write demonstration = true"),
        ('alpha2 = "QV"', 'alpha2 = "Q1"', "[state] alpha2"),
        ('mrz = "QVM"', 'mrz = "Q<M"', "ICAO 9303-3"),
        ('fa = "ولماریس"', "", "[state.name] lacks the name in فارسی (fa)"),
        ('fr = "Velmaris"', 'fr = "Vel\\nmaris"', "on one line"),
        ('site = ""', 'site = "https://x.example.org/path"', "no address of a site"),
        ('site = ""', 'site = "javascript:alert(1)"', "no address of a site"),
        ("hosts = []", 'hosts = ["https://x.example.org"]', "hosts must list host names"),
        ("hosts = []", 'hosts = ["*"]', "hosts must list host names"),
        ("no-reply@embassy.example.org", "a@b.org\\nBcc: x@y.org", "no e-mail address"),
        ("mailto:security@velmaris.example.org", "call us", "[mail] security"),
        ("[mail]", "[post]", "The part [mail] is missing"),
        ('brand = "#12433c"', 'brand = "red;}"', "is no colour"),
        ('brand = "#12433c"', "brand = 7", "is no colour"),
        ('brand = "#12433c"', "", '[colours] lacks "brand"'),
        ("[colours]", '[colours]\nglitter = "#12433c"', "knows no 'glitter'"),
        ('link = "#0b5563"', 'link = "#9fd3dd"', "link (#9fd3dd) on white (#ffffff) has a contrast of 1.6"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(folder, old, new, words):
    change(folder, old, new)
    assert words in refusal(folder)


def test_everything_that_is_wrong_is_told_at_once(folder):
    change(folder, 'alpha2 = "QV"', 'alpha2 = "x"')
    change(folder, "demonstration = true", "")
    (folder / "static/emblem.svg").unlink()
    told = refusal(folder)
    assert all(words in told for words in ("alpha2", "demonstration", "There is no static/emblem.svg"))


def test_names_may_have_quotes_and_angle_brackets(folder):
    change(folder, 'en = "Virtual Embassy of Velmaris"', "en = 'O\"Neill & <b>Sons</b>'")
    assert identity.read(folder).names["en"] == 'O"Neill & <b>Sons</b>'


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format("<script>alert(1)</script>"),
        SVG.format('<g onload="alert(1)"/>'),
        SVG.format('<use href="https://example.org/x.svg#a"/>'),
        SVG.format('<use xlink:href="//example.org/x.svg#a"/>'),
        SVG.format('<image href="data:image/png;base64,AA"/>'),
        SVG.format('<a href="javascript:alert(1)"><path d="M0 0"/></a>'),
        SVG.format("<foreignObject/>"),
        SVG.format("<style>@import url(//example.org)</style>"),
        SVG.format('<path fill="url(https://example.org/x#a)"/>'),
        SVG.format('<path style="fill:u\\72l(//example.org)"/>'),
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("&x;"),
        '<?xml-stylesheet href="//example.org/x.css"?>' + SVG.format(""),
        "<svg/>",
        "<html></html>",
        "not a drawing",
        SVG.format("<g/>" * 6000),
    ],
)
def test_an_emblem_that_does_more_than_be_drawn_is_refused(folder, drawing):
    (folder / "static/emblem.svg").write_text(drawing, encoding="utf-8")
    assert "emblem" in refusal(folder)


def test_a_plain_drawing_is_an_emblem():
    plain = SVG.format(
        '<defs><linearGradient id="a"/></defs><path fill="url(#a)" d="M0 0h9"/><use href="#a"/>'
    )
    assert list(emblem.complaints(plain.encode())) == []


def test_contrast_is_that_of_the_guidelines():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_pairs_are_of_colours_that_there_are():
    assert {name for pair in colours.PAIRS for name in pair} <= {*colours.NAMES, *colours.FIXED}


def test_the_style_sheets_know_the_colours_of_the_reader(settings):
    palette = (settings.BASE_DIR / "assets/scss/_palette.scss").read_text()
    assert set(re.findall(r"^\$([a-z-]+): null !default", palette, re.MULTILINE)) == set(colours.NAMES)


SETTINGS = """
import django; django.setup()
from django.conf import settings as s
from django.utils.translation import override
from consular.lib import countries
with override("fa"): name = str(s.EMBASSY_NAME)
print(s.LANGUAGE_CODE, [code for code, _ in s.LANGUAGES], s.DEMONSTRATION, s.ISSUING_STATE, name, sep="|")
print(countries.name("QXO", "fa"), countries.alpha3("QNR"), countries.alpha3("QV"), s.SITE_URL, s.ALLOWED_HOSTS, sep="|")
print(s.DEFAULT_FROM_EMAIL)
"""


@pytest.mark.django_db
def test_settings_follow_the_folder_and_the_environment_wins(folder, monkeypatch):
    change(folder, '["en", "fa", "ar", "fr", "es"]', '["fa", "en"]')
    change(folder, "demonstration = true", "demonstration = false")
    change(folder, 'alpha2 = "QV"\nalpha3 = "QVM"\nmrz = "QVM"', 'alpha2 = "QX"\nalpha3 = "QXO"\nmrz = "QXO"')
    change(folder, 'site = ""', 'site = "https://visa.example.org"')
    monkeypatch.setenv("PORTAL_ISSUING_STATE", "QXX")
    lines = in_its_own_process(folder, "-c", SETTINGS).stdout.splitlines()
    assert lines[0] == "fa|['fa', 'en']|False|QXX|سفارت مجازی ولماریس"
    assert lines[1].startswith("ولماریس|||https://visa.example.org|")
    assert lines[2] == "Virtual Embassy of Velmaris <no-reply@embassy.example.org>"


def test_a_wrong_folder_stops_the_start_with_its_words_alone(folder):
    change(folder, 'brand = "#12433c"', 'brand = "red;}"')
    ended = in_its_own_process(folder, "-m", "embassy.settings.identity")
    assert ended.returncode == 1
    assert "is no colour" in ended.stderr
    assert "Traceback" not in ended.stderr
