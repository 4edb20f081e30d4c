"""The page with a photo's measures: for its owner alone, with every figure and what is asked for."""

import re

import pytest
from django.conf import settings as configured
from django.template.loader import render_to_string
from django.urls import reverse

from consular.documents import photo_rules, uses
from consular.documents.photo import specifications
from consular.documents.photo_sheet import Asked, Sheet
from consular.documents.uses import Use
from tests.consular.documents.test_findings import GOOD
from tests.factories.documents import CleanDocumentFactory
from visas.applications.uses import use_of as use_in_applications

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(applicant):
    return CleanDocumentFactory(owner=applicant, kind="photo", fields={**GOOD, "specification": "35x45"})


@pytest.fixture
def missions(tmp_path, settings):
    """Ask of one mission another photo."""
    path = tmp_path / "photo.toml"
    text = specifications.SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace("[missions]", '[missions]\nport-sabel = "51x51"'), encoding="utf-8")
    settings.DOCUMENT_PHOTO_RULES = str(path)


def page(client, document):
    return client.get(reverse("documents:photo", args=[document.pk]))


def test_the_owner_sees_every_measure_and_the_lines(photo, applicant, signed_in):
    answer = page(signed_in(applicant), photo)
    text = answer.content.decode()
    for words in ("74%", "70% to 80%", "Fine", "of 100", "35 × 45", "at most 15° to either side"):
        assert words in text
    assert reverse("documents:page_image", args=[photo.pk, 1]) in text
    assert answer["Cache-Control"] == "private, no-store"
    assert "style=" not in text
    assert "None" not in text


def test_others_get_404_and_so_does_what_is_no_photo(photo, applicant, signed_in):
    other = CleanDocumentFactory(kind="photo", fields=GOOD)
    client = signed_in(applicant)
    assert page(client, other).status_code == 404
    assert page(client, CleanDocumentFactory(owner=applicant)).status_code == 404
    unmeasured = CleanDocumentFactory(owner=applicant, kind="photo", fields={"width": 9, "height": 9})
    assert page(client, unmeasured).status_code == 404


def test_the_page_asks_the_database_a_few_times(photo, applicant, signed_in, django_assert_num_queries):
    client = signed_in(applicant)
    with django_assert_num_queries(6):
        page(client, photo)


def test_what_was_not_measured_is_called_so(applicant, signed_in):
    fields = {**GOOD, "faces": 2}
    sheet = Sheet.of(CleanDocumentFactory(owner=applicant, kind="photo", fields=fields))
    verdicts = {row.label: row.verdict for row in sheet.rows}
    assert verdicts["Faces"] == "Look again"
    assert verdicts["Head tilted"] == "Not measured"


def test_a_picture_turned_or_left_out_has_no_lines(photo):
    assert Sheet.of(photo).lines is not None
    photo.pages.update(turned=1)
    assert Sheet.of(photo).lines is None


def test_missions_may_ask_for_different_photos(missions, photo, monkeypatch):
    monkeypatch.setattr(
        uses, "_tellers", [lambda document: None, lambda document: Use("port-sabel", "/here/")]
    )
    assert photo_rules.asked_of(photo).code == "51x51"
    assert Asked(photo_rules.rules().of_mission("dorun")).legend["head_low"] == "70"
    assert Asked(photo_rules.rules().of_mission("port-sabel")).legend["head_low"] == "50"


def test_a_file_that_nobody_uses_is_measured_against_the_default(photo):
    assert uses.use_of(photo) is None
    assert photo_rules.asked_of(photo).code == "35x45"


def test_a_draft_tells_its_mission_and_where_its_documents_are(photo):
    from tests.factories.applications import VisaApplicationFactory

    draft = VisaApplicationFactory(applicant=photo.owner)
    draft.evidence.create(document=photo, purpose="photo")
    use = use_in_applications(photo)
    assert (use.mission, use.address.endswith("#photo")) == (draft.mission.code, True)
    assert uses.use_of(photo) == use


@pytest.mark.parametrize("language", [code for code, _ in configured.LANGUAGES])
def test_the_drawing_is_drawn_alike_in_every_language(language):
    from django.utils.translation import override

    with override(language):
        asked = Asked(photo_rules.rules().of_mission(None))
        drawn = render_to_string("documents/photo_example.html", {"example": asked.example, "title": "x"})
    assert 'viewBox="0 0 350 450"' in drawn
    assert drawn.isascii()
    assert not re.search(r'"[0-9]+,[0-9]', drawn), "a comma is no decimal point in SVG"
