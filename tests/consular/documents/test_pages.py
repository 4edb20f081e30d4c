"""Pages turned and left out: what a reader of the JPEG sees, and what the stamped copy holds."""

import io

import pikepdf
import pytest
from django.utils import timezone
from PIL import Image, ImageOps

from consular.documents import copies, renditions
from consular.documents.actions import pages
from consular.documents.actions.pages import PageGoneError
from consular.documents.models import Document
from consular.documents.turning import upright
from tests.consular.documents import files
from tests.factories.documents import CleanDocumentFactory, DocumentFactory


def corner(jpeg, quarters):
    """Return where the dark quarter of our drawing stands, as a viewer shows it."""
    with Image.open(io.BytesIO(upright(jpeg, quarters))) as picture:
        shown = ImageOps.exif_transpose(picture).convert("L")
    width, height = shown.size
    spots = {
        "upper left": (0.2, 0.2),
        "upper right": (0.8, 0.2),
        "lower right": (0.8, 0.8),
        "lower left": (0.2, 0.8),
    }
    return min(
        spots, key=lambda name: shown.getpixel((int(spots[name][0] * width), int(spots[name][1] * height)))
    )


@pytest.mark.parametrize(
    ("quarters", "where"), [(0, "upper left"), (1, "upper right"), (2, "lower right"), (3, "lower left")]
)
def test_a_turned_page_is_shown_turned_clockwise(quarters, where):
    assert corner(files.jpeg(), quarters) == where


def test_turning_changes_no_pixel_and_leaves_what_is_no_jpeg():
    turned = upright(files.jpeg(), 1)
    with Image.open(io.BytesIO(turned)) as one, Image.open(io.BytesIO(files.jpeg())) as other:
        assert one.tobytes() == other.tobytes()
    assert upright(b"", 1) == b""
    assert upright(b"\x89PNG", 2) == b"\x89PNG"
    assert upright(files.jpeg(), 7) == files.jpeg()


@pytest.mark.django_db
def test_the_stamped_copy_has_the_pages_in_order_turned_and_without_those_left_out(applicant):
    document = CleanDocumentFactory(owner=applicant, pages=3)
    pages.drop(document, 2, by=applicant)
    pages.move(document, 3, to=1, by=applicant)
    pages.turn(document, 3, to=1, by=applicant)
    document = Document.objects.get(pk=document.pk)
    with copies.stamped(document, ["stamp"]) as file, pikepdf.open(io.BytesIO(file.read())) as pdf:
        sizes = [page.mediabox for page in pdf.pages]
    assert [box[2] > box[3] for box in sizes] == [True, False]


@pytest.mark.django_db
def test_a_page_is_read_as_it_was_turned(applicant):
    document = CleanDocumentFactory(owner=applicant)
    pages.turn(document, 1, to=3, by=applicant)
    with Image.open(io.BytesIO(renditions.read(document.pages.get().image))) as picture:
        assert picture.getexif()[0x0112] == 8


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 2, 10**6])
def test_a_page_that_is_not_there_cannot_be_turned(applicant, number):
    with pytest.raises(PageGoneError):
        pages.turn(CleanDocumentFactory(owner=applicant), number, to=1, by=applicant)


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [{"removed_at": timezone.now()}, {"fixed_at": timezone.now()}])
def test_what_was_removed_or_submitted_stays_as_it_is(applicant, gone):
    document = CleanDocumentFactory(owner=applicant)
    Document.objects.filter(pk=document.pk).update(**gone)
    for verb in (pages.drop, pages.restore):
        with pytest.raises(PageGoneError):
            verb(document, 1, by=applicant)
    with pytest.raises(PageGoneError):
        pages.drop(DocumentFactory(owner=applicant), 1, by=applicant)
