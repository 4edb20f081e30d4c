"""The text of PDFs: kept encrypted, opened for a comparison, gone with the document."""

import datetime as dt

import pytest

from consular.documents import actions, texts
from consular.documents.models import Likeness, Text
from embassy.demo import specimen_papers
from tests.consular.documents import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(processed):
    content = specimen_papers.bank_statement_pdf("Shirin Azad", until=dt.date(2026, 11, 20))
    return processed(content, name="statement.pdf")


def test_the_text_is_kept_encrypted_with_its_place_and_its_language_is_told(statement):
    lines = texts.lines_of([statement])[statement]
    holder = next(line for line in lines if "Shirin" in line.text)
    assert (holder.page, holder.text) == (1, "Account holder: Shirin Azad")
    assert holder.box[1] < 0.2
    assert b"Shirin" not in bytes(Text.objects.get(document=statement).sealed)
    assert "Shirin" not in str(statement.fields) + str(statement.findings)


def test_the_text_and_the_likeness_are_erased_with_the_document(statement):
    assert Likeness.objects.filter(page__document=statement).exists()
    actions.remove(statement, by=statement.owner)
    statement.refresh_from_db()
    assert texts.lines_of([statement]) == {}
    actions.erase(statement)
    assert not Text.objects.exists()
    assert not Likeness.objects.exists()


def test_text_that_was_changed_is_no_text(statement):
    Text.objects.update(sealed=b"nonsense")
    assert texts.lines_of([statement]) == {}


def test_pictures_and_photos_have_no_text(processed):
    assert texts.lines_of([processed(files.jpeg())]) == {}


def test_a_text_that_is_longer_than_we_keep_is_cut(processed):
    long = specimen_papers.letter_pdf("Plan", ["a day " * 300 for _ in range(10)])
    document = processed(long, name="plan.pdf")
    assert document.is_clean
    assert sum(len(line.text) for line in texts.lines_of([document])[document]) <= 12_000
