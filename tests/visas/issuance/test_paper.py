"""The paper as a scanner, a border, an archive and a forger see it."""

import io
import json
from base64 import b64decode

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone
from hypothesis import given, settings as hypothesis, strategies as st
from PIL import Image, ImageFilter

from consular.lib.seal import carrying, reading, verifying
from tests.factories.visas import approved_application, conditions
from visas.issuance import checking, codes, sealing
from visas.issuance.actions.issue import issue
from visas.seals import pades
from visas.seals.trusting import our_trust


@pytest.fixture
def paper(evisa):
    with evisa.paper.open("rb") as stored:
        return stored.read()


def drawn(paper, dpi):
    with pypdfium2.PdfDocument(paper) as document:
        return document[0].render(scale=dpi / 72, grayscale=True, may_draw_forms=False).to_pil()


def jpeg(image):
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=35)
    return Image.open(io.BytesIO(kept.getvalue())).convert("L")


TREATMENTS = {
    "as it is": lambda image: image,
    "JPEG 35": jpeg,
    "turned by 2.5°": lambda image: image.rotate(2.5, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(image.width / 1240)),
    "of one bit": lambda image: image.convert("1", dither=Image.Dither.NONE).convert("L"),
}


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("treatment", TREATMENTS)
def test_both_codes_are_read_byte_by_byte_from_poor_pictures(evisa, paper, dpi, treatment):
    read = checking.codes_on(TREATMENTS[treatment](drawn(paper, dpi)))
    assert read[checking.MATRIX] == bytes(evisa.seal)
    assert carrying.in_code(read[checking.LINK]) == bytes(evisa.seal)


def test_the_seal_says_what_the_record_says_and_is_valid(evisa):
    verdict = verifying.verify(bytes(evisa.seal), our_trust(), at=timezone.localdate())
    person = evisa.application.traveller
    assert verdict.result == "VALID"
    assert verdict.visa.lines[0] == evisa.mrz_lines[0]
    assert verdict.visa.passport_number == person.passport_number
    assert verdict.visa.duration == (30, 0, 0)
    assert verdict.visa.entries == 1
    assert reading.read(bytes(evisa.seal)).value(0x90) == sealing.place(evisa)


def test_the_qr_code_opens_the_checking_page_and_sends_it_nothing(evisa, settings):
    address = codes.address(bytes(evisa.seal))
    assert address.startswith(f"{settings.SITE_URL}/v#")
    assert carrying.from_fragment(address.partition("#")[2]) == bytes(evisa.seal)


def test_the_codes_are_square_and_have_half_a_millimetre_a_module(evisa):
    seal = bytes(evisa.seal)
    assert [Image.open(io.BytesIO(each(seal))).size for each in (codes.matrix, codes.link)] == [
        (48, 48),
        (57, 57),
    ]
    # 24 and 28.5 mm at 300 dots an inch, as they were drawn on the page
    with evisa.paper.open("rb") as stored, pypdfium2.PdfDocument(stored.read()) as document:
        sides = sorted(
            round((box[2] - box[0]) / 72 * 25.4, 2)
            for each in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
            if (box := each.get_bounds() if hasattr(each, "get_bounds") else each.get_pos())
        )
    assert {24.0, 28.5} <= set(sides)


def test_the_file_is_small_and_machines_find_the_seal_in_it(evisa, paper):
    assert len(paper) <= checking.LARGEST
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        files = {name: pdf.attachments[name] for name in pdf.attachments}
        assert {str(each.obj.AFRelationship) for each in files.values()} == {"/Data"}
        assert files["evisa-seal.bin"].get_file().read_bytes() == bytes(evisa.seal)
        said = json.loads(files["evisa.json"].get_file().read_bytes())
    assert b64decode(said["seal"]) == bytes(evisa.seal)
    assert said["status"] == {"list": evisa.status_list, "index": evisa.status_index}


@pytest.mark.parametrize(("language", "other"), [("fa", "en"), ("ar", "en"), ("fr", "en")])
def test_the_parts_of_the_paper_are_tagged_with_their_language(db, applicant, language, other):
    applicant.language = language
    applicant.save()
    evisa = issue(approved_application(applicant=applicant))
    with evisa.paper.open("rb") as stored, pikepdf.open(io.BytesIO(stored.read())) as pdf:
        assert str(pdf.Root.Lang) == language
        parts = [
            str(each.Lang)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem" and "/Lang" in each
        ]
        figures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert parts.count(other) > 10
    assert "zxx" in parts
    assert all(str(figure.Alt) for figure in figures)


def test_the_signed_paper_holds_and_one_flipped_byte_breaks_it(paper):
    assert pades.holds(paper)
    for place in range(0, len(paper), len(paper) // 60):
        touched = bytearray(paper)
        touched[place] ^= 0x01
        assert not pades.holds(bytes(touched)), place


def test_what_is_appended_breaks_the_signature_and_so_does_none(paper):
    assert not pades.holds(paper + b"\n% more")
    assert not pades.holds(b"")
    assert not pades.holds(paper[: len(paper) // 2])


def test_the_signature_of_another_state_is_not_ours(paper, monkeypatch):
    monkeypatch.setattr(pades.Authority.objects, "all", list)
    assert not pades.holds(paper)


@pytest.mark.parametrize(
    ("entries", "days", "said"),
    [("1", 30, (1, (30, 0, 0))), ("2", 255, (2, (255, 0, 0))), ("M", 365, (0, (241, 4, 0)))],
)
def test_entries_and_days_are_written_as_icao_has_them(db, entries, days, said):
    terms = conditions(0, 400) | {"entries": entries, "stay_days": days}
    evisa = issue(approved_application(terms))
    visa = verifying.verify(bytes(evisa.seal), our_trust(), at=timezone.localdate()).visa
    assert (visa.entries, visa.duration) == said


@hypothesis(max_examples=300)
@given(days=st.integers(1, 1826))
def test_a_stay_is_never_longer_in_the_seal_than_it_was_granted(days):
    written, months, years = sealing.duration(days)
    assert all(0 <= each <= 255 for each in (written, months, years))
    assert written + 31 * months == days
    assert years == 0
