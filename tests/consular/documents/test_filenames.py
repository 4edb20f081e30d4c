"""The names of files as we show them."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from consular.documents.filenames import MAX_LENGTH, display_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("passport.jpg", "passport.jpg"),
        ("گذرنامه من.jpg", "گذرنامه من.jpg"),
        ("می\u200cروم.pdf", "می\u200cروم.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Users\\shirin\\visa.pdf", "visa.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u2066x\u2069.pdf", "x.pdf"),
        ("a\0b.jpg", "ab.jpg"),
        ("a.pdf\r\nX-Evil: 1", "a.pdf X-Evil: 1"),
        ("  many   blanks .pdf ", "many blanks .pdf"),
        ("...hidden", "hidden"),
        ("e\u0301.jpg", "é.jpg"),
        ("\ud800.jpg", "jpg"),
        ("tag\U000e0041.jpg", "tag.jpg"),
        ("", "file"),
        (None, "file"),
        ("...", "file"),
        ("\u200b\u202e", "file"),
        ("/", "file"),
    ],
)
def test_a_name_is_shown_without_tricks(given_name, shown):
    assert display_name(given_name) == shown


def test_a_long_name_keeps_its_ending():
    assert display_name("x" * 300 + ".pdf") == "x" * 95 + "….pdf"
    assert display_name("y" * 300) == "y" * 99 + "…"


@given(st.text(max_size=400))
def test_any_name_is_short_and_plain(name):
    shown = display_name(name)
    assert 0 < len(shown) <= MAX_LENGTH
    assert not set("/\\\n\r\0") & set(shown)
    assert not [
        each for each in shown if unicodedata.category(each) == "Cc" or each in "\u202a\u202b\u202d\u202e"
    ]
