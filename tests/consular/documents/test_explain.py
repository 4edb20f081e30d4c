"""Every state, refusal and finding has words that say what to do, with its figures."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from consular.documents import actions, explain, photo_words
from consular.documents.models import Document
from consular.documents.status import FIGURES, Advice, Finding, NotAccepted, Refusal, State
from tests.factories.accounts import UserFactory
from tests.factories.documents import upload

FIGURES_OF_PHOTOS = (
    "faces", "degrees", "wide", "high", "low", "head", "eye_line", "lids", "lips", "glare", "light", "burnt", "sharpness",
    "colour", "background", "shades", "age", "bytes",
)  # fmt: skip


def document(**columns):
    return Document(kind="supporting", filename="a.pdf", **columns)


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_sentence_with_all_its_figures(refusal):
    figures = dict.fromkeys(FIGURES.get(refusal, ()), 12_000_000)
    label, sentence = explain.words(document(state=State.REFUSED, refusal=refusal, figures=figures))
    assert label == "Cannot be used"
    assert sentence.endswith(".")
    assert "%" not in sentence


@pytest.mark.parametrize("state", [State.RECEIVED, State.CLEAN, State.FAILED])
def test_every_other_state_has_a_sentence(state):
    assert all(explain.words(document(state=state)))


def test_what_waits_and_what_is_settled_share_no_label():
    labels = [str(state.label) for state in State]
    assert len(set(labels)) == len(labels)


def test_a_removed_document_is_called_removed():
    assert explain.words(document(state=State.CLEAN, removed_at=timezone.now()))[0] == "Removed"


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_words_for_the_officer(finding):
    measured = dict.fromkeys(FIGURES_OF_PHOTOS, 12.5)
    read = {
        "page": 2,
        "side": "left",
        "box": (0.1, 0.1, 0.4, 0.2),
        "sort": "QR Code",
        "says": "a",
        "language": "fa",
        "number": 3,
    }
    figures = {
        "width": 500,
        "height": 400,
        "limit": 600,
        "brightness": 20.5,
        "advice": [],
        **measured,
        **read,
    }
    [note] = explain.notes(document(state=State.CLEAN, findings=[{"code": finding, **figures}]))
    assert "%" not in note


@pytest.mark.parametrize("code", Advice)
def test_every_advice_of_the_reader_has_words_and_one_may_go_on(code):
    found = document(state=State.CLEAN, findings=[{"code": "mrz_not_read", "advice": [code]}])
    first, last = explain.advice(found)
    assert first == str(explain.ADVICE[code])
    assert "keep it" in last
    assert explain.words(found)[1].endswith("could be better:")


def test_our_codes_of_advice_are_those_of_the_reader():
    reader = pytest.importorskip("consular.documents.reading.advice")
    assert set(Advice.values) == set(reader.CODES)


@pytest.mark.parametrize("finding", photo_words.FOR_THE_APPLICANT)
def test_every_advice_about_a_photo_has_its_figure_and_one_may_go_on(finding):
    figures = {"width": 500, "height": 400, "limit": 600, **dict.fromkeys(FIGURES_OF_PHOTOS, 12.5)}
    told = document(state=State.CLEAN, findings=[{"code": finding, **figures}])
    told.kind = "photo"
    first, last = explain.advice(told)
    assert "%" not in first
    assert "keep it" in last


def test_the_applicant_hears_nothing_of_what_only_concerns_officers():
    assert explain.advice(document(state=State.CLEAN, findings=[{"code": "pdf_script"}])) == []


def test_a_file_of_40_megabytes_is_refused_in_words_and_numbers():
    words = explain.turned_away(NotAccepted.TOO_LARGE, {"size": 40_200_000, "limit": 10_000_000})
    assert words.startswith("This file is 40.2 MB. The most we can take is 10 MB. ")


def test_a_file_a_little_too_large_never_reads_like_the_limit():
    assert "10.1 MB. The most we can take is 10 MB" in explain.turned_away(
        NotAccepted.TOO_LARGE, {"size": 10_000_001, "limit": 10_000_000}
    )


def test_figures_are_written_in_the_reader_s_digits():
    refused = document(
        state=State.REFUSED, refusal=Refusal.TOO_MANY_PAGES, figures={"pages": 500, "limit": 30}
    )
    with override("fa"):
        sentence = explain.words(refused)[1]
    assert "۵۰۰" in sentence
    assert "۳۰" in sentence


def test_pixels_are_told_in_millions():
    flood = {"width": 40_000, "height": 40_000, "limit": 60_000_000}
    sentence = explain.words(document(state=State.REFUSED, refusal=Refusal.TOO_MANY_PIXELS, figures=flood))[1]
    assert sentence.startswith("This picture has 1,600 million pixels. The most we can take is 60 million.")


def test_limits_are_told_in_numbers(settings):
    settings.DOCUMENT_MAX_PAGES, settings.DOCUMENT_MAX_BYTES = 30, 10_000_000
    assert explain.limits("supporting").endswith("a PDF of at most 30 pages, at most 10 MB.")
    assert "PDF" not in explain.limits("photo")


@pytest.mark.parametrize("reason", NotAccepted)
def test_everything_turned_away_has_a_sentence(reason):
    assert "%" not in explain.turned_away(reason, {"size": 1, "limit": 2})


@pytest.mark.django_db
def test_a_percent_sign_in_a_message_harms_nobody():
    with pytest.raises(ValidationError) as caught:
        actions.store(upload(b"x", "100%s.pdf"), owner=UserFactory(), kind="photo")
    assert caught.value.messages
