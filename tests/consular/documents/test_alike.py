"""The same file and the same picture, handed in twice."""

import io

import pytest
from django.db import connection
from PIL import Image

from consular.documents.alike import twins_of, with_a_band_of
from consular.documents.models import Document, Likeness, Page
from tests.consular.documents import files
from tests.consular.documents.supporting.test_pages import passports, resaved, written
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def jpeg(page, quality=92):
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return out.getvalue()


def test_the_same_file_is_found_in_another_persons_hands(processed):
    content = files.pdf()
    one, other = processed(content), processed(content, owner=UserFactory())
    assert [(twin.document, twin.page) for twin in twins_of([one])[one]] == [(other, 0)]


def test_the_same_picture_saved_anew_is_found_with_its_page(processed):
    page = written()
    one = processed(jpeg(page), owner=UserFactory())
    smaller = resaved(page, 60)
    other = processed(jpeg(smaller.resize((1116, 1579), Image.Resampling.LANCZOS)))
    assert one.sha256 != other.sha256
    assert [(twin.document, twin.page) for twin in twins_of([other])[other]] == [(one, 1)]


def test_passports_of_a_family_and_blank_pages_are_not_alike(processed):
    ours = [processed(jpeg(page), kind="passport", owner=UserFactory()) for page in passports()[:3]]
    blank = [processed(jpeg(Image.new("RGB", (800, 1100), colour))) for colour in ("white", (250, 250, 249))]
    for each in [*ours, *blank]:
        assert twins_of([each]) == {}


def test_what_was_removed_or_left_out_is_nobodys_twin(processed):
    one, other = processed(jpeg(written())), processed(jpeg(written(), 80), owner=UserFactory())
    assert twins_of([one])
    other.pages.update(dropped_at=other.uploaded_at)
    assert twins_of([one]) == {}
    other.pages.update(dropped_at=None)
    Document.objects.filter(pk=other.pk).update(removed_at=other.uploaded_at)
    assert twins_of([one]) == {}


def test_a_look_up_reads_no_whole_table(processed):
    document = processed(jpeg(written()))
    bands = Likeness.objects.get(page__document=document).bands
    numbers = range(10_000)
    pages = Page.objects.bulk_create(
        Page(document=document, number=number + 2, width=9, height=9) for number in numbers
    )
    Likeness.objects.bulk_create(
        Likeness(page=page, bits=b"\1" * 1024, bands=[page.number * 32 + n for n in range(32)])
        for page in pages
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE documents_likeness")
    plan = with_a_band_of(bands).explain()
    assert "pages_that_may_be_copies" in plan
    assert "Seq Scan on documents_likeness" not in plan
