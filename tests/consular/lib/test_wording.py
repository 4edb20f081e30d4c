"""One normaliser for what is written and what is asked, in all languages."""

import pytest
from hypothesis import given, strategies as st

from consular.lib.wording import LONGEST_WORD, forms, stem


def found(asked: str, written: str) -> bool:
    """Tell whether every word asked for is one of the written forms."""
    there = {form for word in forms(written) for form in word}
    return all(there & set(word) for word in forms(asked))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("VISAS", "a visa"),
        ("visa", "Visas for students"),
        ("fee", "Fees"),
        ("etudiant", "Étudiants"),
        ("étude", "Les études"),
        ("solicitud", "Solicitudes"),
        ("ninos", "Viajar con niños"),
        ("گذرنامه ها", "گذرنامه‌ها"),
        ("گذرنامهها", "گذرنامه‌ها"),
        ("گذرنامه", "گذرنامه‌های شما"),
        ("گذرنامه‌ها", "گذرنامه"),
        ("می کنید", "می‌کنید"),
        ("ويزاي دانشجويي", "ویزای دانشجویی"),
        ("ویزا", "ویزای دانشجویی"),
        ("كارگر", "کارگر"),
        ("۹۰", "90"),
        ("٩٠ يوما", "90 یوما"),
        ("تأشيرة", "التأشيرة"),
        ("التاشيره", "للتأشيرة"),
        ("تأشيرات", "التأشيرات"),
        ("والمستندات", "المستندات"),
        ("don’t", "dont"),
    ],
)
def test_what_people_type_finds_what_is_written(asked, written):
    assert found(asked, written)


@pytest.mark.parametrize(("asked", "written"), [("visa", "viso"), ("كار", "کارگر"), ("لل", "للتأشيرة")])
def test_other_words_are_other_words(asked, written):
    assert not found(asked, written)


def test_short_words_keep_what_they_have():
    assert [stem(word) for word in ("as", "الا", "ها", "es", "bus")] == ["as", "الا", "ها", "es", "bus"]


@given(st.text())
def test_forms_are_words_that_a_database_can_hold(text):
    for word in forms(text):
        assert word
        for form in word:
            assert 0 < len(form) <= LONGEST_WORD
            assert form.isalnum()


@given(st.text(max_size=30))
def test_what_is_written_is_found_by_itself(text):
    assert found(text, text)
