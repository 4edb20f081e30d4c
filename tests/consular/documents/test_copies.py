"""Copies for the file: every page is there, and says who took it, when and from which case."""

import io
import time
import tracemalloc

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageChops

from consular.audit.models import Entry
from consular.documents import actions, copies
from tests.consular.documents import files
from tests.factories.accounts import UserFactory
from tests.factories.documents import CleanDocumentFactory, photograph

pytestmark = pytest.mark.django_db

REFERENCE = "QV7KM3WFD2HX"


def copy_of(document, officer):
    """Return the bytes of a copy."""
    with actions.hand_over_copy(document, by=officer, reference=REFERENCE) as copy:
        return copy.read()


def pictures(content):
    """Return the pages of a PDF, drawn."""
    pdf = pypdfium2.PdfDocument(content)
    return [page.render(scale=1).to_pil().convert("RGB") for page in pdf]


def inked(picture, background, *, above):
    """Return the share of pixels of a part of a page that are not the background's."""
    width, height = picture.size
    part = picture.crop((0, int(height * above), width, int(height * (above + 0.2))))
    difference = ImageChops.difference(part, Image.new("RGB", part.size, background)).convert("L")
    return sum(difference.point(lambda value: 255 if value > 24 else 0).histogram()[255:]) / (
        part.width * part.height
    )


def test_every_page_is_stamped_from_top_to_foot(processed, officer):
    document = processed(files.pdf(3))
    found = pictures(copy_of(document, officer))
    assert len(found) == 3
    for picture in found:
        assert all(inked(picture, "white", above=part) > 0.005 for part in (0.05, 0.4, 0.75))


def test_the_stamp_names_the_officer_the_moment_and_the_case(processed, officer, monkeypatch, time_machine):
    time_machine.move_to("2026-11-24 18:30:00+00:00", tick=False)
    seen = []
    monkeypatch.setattr(copies, "drawn", lambda lines: seen.append(lines) or Image.new("L", (40, 10)))
    copy_of(processed(photograph((300, 400))), officer)
    assert seen == [["Officer One", "officer@example.org · 2026-11-24 18:30 UTC · QV7K-M3WF-D2HX"]]


def test_taking_a_copy_is_in_the_trail(processed, officer):
    document = processed(photograph())
    copy_of(document, officer)
    entry = Entry.objects.get(verb="document.copy_taken")
    assert (entry.actor, entry.subject_id) == (officer, str(document.pk))
    assert entry.detail == {"reference": REFERENCE, "sha256": document.sha256, "pages": 1}


@pytest.mark.parametrize("name", ["شیرین آزاد", "Нина Петрова", "李小龍", "A" * 150, "x"])
def test_a_name_in_any_script_and_of_any_length_makes_a_stamp(name):
    stamp = copies.drawn([name, "nina@example.org · 2026-11-24 18:30 UTC · QV7K-M3WF-D2HX"])
    assert copies.put_on(Image.new("RGB", (120, 170), "white"), stamp).size == (120, 176)


@pytest.mark.parametrize("size", [(1, 1), (2000, 3), (3, 2000), (60, 80)])
def test_pages_of_any_shape_are_stamped(size):
    stamp = copies.drawn(["Officer One", "2026-11-24"])
    assert copies.put_on(Image.new("RGB", size, "white"), stamp).width == size[0]


def test_what_was_left_out_or_turned_by_its_owner_is_so_in_the_copy(processed, applicant, officer):
    document = processed(files.pdf(2))
    actions.pages.drop(document, 1, by=applicant)
    actions.pages.turn(document, 2, to=1, by=applicant)
    document.refresh_from_db()
    (page,) = pictures(copy_of(document, officer))
    assert page.width > page.height


def test_the_copy_holds_no_text_no_script_and_nothing_of_the_original(processed, officer):
    document = processed(files.pdf(1))
    with pikepdf.open(io.BytesIO(copy_of(document, officer))) as pdf:
        assert set(pdf.Root.keys()) == {"/Pages", "/Type"}
        assert not pdf.docinfo.keys()


def test_thirty_large_pages_take_seconds_and_little_memory(officer):
    """One page of pixels at a time: 30 pages of 8 megapixels are 700 MB as pixels."""
    document, large = CleanDocumentFactory(pages=30), photograph((2400, 3400))
    for page in document.pages.all():
        page.image.storage.delete(page.image.name)
        page.image.save("", ContentFile(large))
    tracemalloc.start()
    started = time.process_time()
    size = len(copy_of(document, officer))
    taken, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 30_000
    assert taken < 30
    assert peak < 60_000_000


def test_a_person_without_a_name_is_named_by_their_address():
    assert str(UserFactory(name="", email="nina@example.org")) == "nina@example.org"
