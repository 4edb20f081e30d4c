import unicodedata

import pytest
from hypothesis import given, strategies as st

from consular.lib import text
from consular.lib.text import Flaw

ANY_TEXT = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\x00b", Flaw.NUL),
        ("\ud800", Flaw.SURROGATE),
        ("\u202eabc", Flaw.DIRECTION),
        ("abc\u2069", Flaw.DIRECTION),
        ("abc\U000e0041", Flaw.TAG),
        ("a\x07b", Flaw.CONTROL),
        ("\x9f", Flaw.CONTROL),
        ("a\ufffdb", Flaw.REPLACEMENT),
        ("\u200b\u200b", Flaw.INVISIBLE),
        ("\u3164", Flaw.INVISIBLE),
        ("\u2800 \u2800", Flaw.INVISIBLE),
        ("\u0301", Flaw.INVISIBLE),
        ("\u200c", Flaw.INVISIBLE),
    ],
)
def test_each_flaw_is_named(value, expected):
    assert text.flaw(value) is expected


@pytest.mark.parametrize(
    "value", ["", "   ", "O'Brien", "می‌خواهم", "two\r\nlines", "tab\there", "José", "🙂", "\u200fعلی", "-"]
)
def test_what_people_type_has_no_flaw(value):
    assert text.flaw(value) is None


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  Ana   Maria  ", "Ana Maria"),
        ("Ana\r\nMaria", "Ana Maria"),
        ("Jose\u0301", "José"),
        ("\u200fعلی\u200e", "علی"),
        ("می\u200bرود", "میرود"),
        ("می\u200cرود", "می\u200cرود"),
        ("می\u200c\u200cرود", "می\u200cرود"),
        ("علی\u200c", "علی"),
        ("علی \u200cرضا", "علی رضا"),
        ("a\u00a0b\u3000c", "a b c"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_text_is_tidied(typed, tidied):
    assert text.tidy(typed) == tidied


def test_lines_are_kept_where_they_are_wanted():
    assert text.tidy("\r\none  two \r\n\r\n three\u2028four\n", lines=True) == "one two\n\nthree\nfour"


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing(value):
    once = text.tidy(value)
    assert text.tidy(once) == once


@given(ANY_TEXT)
def test_tidied_text_is_composed_and_on_one_line(value):
    tidied = text.tidy(value)
    assert unicodedata.is_normalized("NFC", tidied)
    assert "\n" not in tidied
    assert tidied == tidied.strip()


@given(ANY_TEXT)
def test_tidying_never_adds_a_flaw(value):
    if text.flaw(value) is None:
        assert text.flaw(text.tidy(value)) is None


@given(ANY_TEXT)
def test_storable_text_can_be_stored(value):
    stored = text.storable(value)
    assert "\x00" not in stored
    assert stored.encode().decode() == stored
    assert len(stored) == len(value)


@given(ANY_TEXT)
def test_shown_text_hides_nothing_but_idle_marks(value):
    shown = text.shown(value)
    assert text.flaw(shown) in {None, Flaw.REPLACEMENT, Flaw.INVISIBLE}
    assert shown.encode().decode() == shown


@given(st.integers(min_value=0), st.sampled_from(["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"]))
def test_digits_of_every_script_are_read(number, script):
    typed = str(number).translate(str.maketrans("0123456789", script))
    assert text.latin_digits(typed) == str(number)


def test_signs_of_numbers_are_read():
    assert text.latin_digits("۱٬۲۳۴٫۵") == "1,234.5"


def test_latin_text_loses_joiners_and_has_plain_signs():
    assert text.latin("O’Brien\u200c–Smith ۱۲ Ａ") == "O'Brien-Smith 12 A"


def test_arabic_letters_become_persian_ones():
    assert text.persian_letters("علي كريمى") == "علی کریمی"


@pytest.mark.parametrize("name", ["Müller", "Nguyễn", "Łukasz", "O'Brien", "Strauß", "Ana-Maria", "123"])
def test_latin_letters_with_diacritics_are_latin(name):
    assert text.is_latin(name)


@pytest.mark.parametrize("name", ["علی", "Иван", "Αννα", "李", "Ana علی"])
def test_other_scripts_are_not_latin(name):
    assert not text.is_latin(name)


@pytest.mark.parametrize(
    "name", ["O'Brien", "Jean-Luc", "Martin Luther, Jr.", "نوش‌آفرین", "Núria", "Anna·Maria"]
)
def test_names_have_no_strange_signs(name):
    assert text.strange_signs(name) == ""


def test_strange_signs_are_listed_once():
    assert text.strange_signs("R2D2 <3 @@") == "2<3@"
