"""Drawn documents: the same arguments give the same pixels, and they say that they are specimens."""

import datetime as dt

import numpy as np
import pypdfium2
import pytest

from consular.documents.reading import read_passport
from consular.lib import mrz
from embassy.demo import specimen_papers, specimens

TODAY = dt.date(2026, 11, 24)
OMID = {
    "surname": "Karvan",
    "given_names": "Omid",
    "number": "QS7654321",
    "birth": dt.date(1984, 2, 29),
    "expiry": dt.date(2032, 2, 29),
    "sex": "M",
    "state": "QSD",
}


def test_a_passport_page_has_the_size_of_one_and_can_be_read():
    page = specimens.passport_page(**OMID, dpi=200)
    assert page.size == (984, 693)
    assert read_passport(page, today=TODAY).lines == mrz.td3(**OMID, nationality="QSD")


def test_a_passport_page_may_carry_any_lines_or_none():
    lines = mrz.td3(**(OMID | {"surname": "Other"}), nationality="QSD")
    page = specimens.passport_page(**OMID, lines=lines, dpi=200)
    assert read_passport(page, today=TODAY).mrz.surname == "OTHER"
    bare = specimens.passport_page(**OMID, lines=(), dpi=200)
    assert read_passport(bare, today=TODAY).lines is None


def test_the_same_arguments_draw_the_same_pixels():
    one, two = (np.asarray(specimens.passport_page(**OMID, dpi=100)) for _ in range(2))
    assert (one == two).all()
    assert (np.asarray(specimens.photo("Omid")) == np.asarray(specimens.photo("Omid"))).all()
    assert (np.asarray(specimens.photo("Omid")) != np.asarray(specimens.photo("Leyla"))).any()


@pytest.mark.parametrize("size", [(700, 900), (600, 771)])
def test_a_photo_has_a_light_ground_and_the_size_asked_for(size):
    photo = specimens.photo("Omid", size=size)
    assert photo.size == size
    corners = np.asarray(photo)[[10, 10], [10, -10]]
    assert corners.min() > 215


def test_a_bank_statement_has_text_with_the_holder_and_the_word_specimen():
    written = specimen_papers.bank_statement_pdf("Omid <Karvan>", until=dt.date(2026, 11, 1))
    document = pypdfium2.PdfDocument(written)
    text = document[0].get_textpage().get_text_bounded()
    assert "Omid <Karvan>" in text
    assert "SPECIMEN" in text
    assert "2026-11-01" in text
