"""Papers to print: complete, accessible, without persons, and not to be had without end."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from django.core.cache import caches

from consular.missions.models import Mission
from embassy.website import papers
from visas.policy.models import Category

CHECKLIST = "visas/check/IRN/ordinary/tourism/30/2026-12-24/checklist.pdf"
CARD = "posts/interests-section/wallet-card.pdf"


@pytest.fixture(autouse=True)
def _empty():
    caches["local"].clear()
    yield
    caches["local"].clear()


def words(content):
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("path", [CHECKLIST, CARD])
@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_a_paper_is_tagged_in_its_language_with_its_fonts(site, path, language):
    answer = site.get(f"/{language}/{path}")
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == language
        assert b'pdfaid:part="3" pdfaid:conformance="A"' in document.Root.Metadata.read_bytes()
        fonts = [each for each in document.objects if getattr(each, "get", None) and _is_font(each)]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def _is_font(each):
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


@pytest.mark.parametrize("path", [CHECKLIST, CARD])
def test_a_paper_says_that_the_state_is_fictional(site, path, settings):
    assert "Demonstration: fictional state" in words(site.get(f"/en/{path}").content)
    settings.DEMONSTRATION = False
    caches["local"].clear()
    assert "Demonstration" not in words(site.get(f"/en/{path}").content)


def test_the_checklist_has_everything_that_the_answer_has(site):
    paper = words(site.get(f"/en/{CHECKLIST}").content)
    for part in ["Tourist visa", "Iran", "24 December 2026", "60 euros", "10 working days", "35 × 45 mm"]:
        assert part in paper
    for part in ["Passport or travel document", "Valid for 6 months", "Travel plan", "Letter of invitation"]:
        assert part in paper
    assert "/en/visas/check/IRN" in paper.replace(" ", "")


def test_a_checklist_for_a_visa_that_embassies_take_names_them(site):
    Category.objects.filter(code="WK").update(online=False)
    paper = words(site.get("/en/visas/check/IRN/ordinary/work/300/2026-12-24/checklist.pdf").content)
    assert "12 Harbour Steps" in paper


def test_who_needs_no_visa_has_a_checklist_too(site):
    paper = words(site.get("/en/visas/check/QSD/ordinary/tourism/30/2026-12-24/checklist.pdf").content)
    assert "No visa for up to 90 days" in paper
    assert "Passport or travel document" in paper


def test_the_card_has_the_emergency_numbers_of_the_posts_for_the_same_people(site):
    card = words(site.get(f"/en/{CARD}").content)
    for part in ["+44 1632 960197", "+44 1632 960199", "Virtual Embassy for Naruvia", "Interests Section"]:
        assert part in card


def test_the_card_is_as_large_as_a_bank_card(site):
    """ISO/IEC 7810 ID-1: both sides are 85.60 × 53.98 mm; the frame around them is drawn once."""
    from django.template.loader import render_to_string

    style = render_to_string("papers/paper.css")
    assert "width: 171.2mm; height: 53.98mm" in style
    document = pypdfium2.PdfDocument(site.get(f"/en/{CARD}").content)
    assert [round(size / 72 * 25.4) for size in document[0].get_size()] == [210, 297]
    assert len(document) == 1
    document.close()


def test_a_post_without_an_emergency_number_has_no_card(site):
    Mission.objects.filter(code="dorun").update(emergency_phone="")
    answer = site.get("/en/posts/dorun/wallet-card.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/posts/dorun/")
    assert "wallet-card" not in site.get("/en/posts/dorun/").content.decode()


@pytest.mark.parametrize(
    "question",
    ["XQX/ordinary/tourism/30/2026-12-24", "IRN/none/tourism/30/2026-12-24", "IRN/ordinary/tourism/0/2026-12-24",
     "IRN/ordinary/tourism/30/1200-01-01", "IRN/ordinary/tourism/30/x", "%3Cb%3E/ordinary/tourism/30/2026-12-24"],
)  # fmt: skip
def test_a_checklist_for_no_question_is_not_found(site, question):
    assert site.get(f"/en/visas/check/{question}/checklist.pdf").status_code == 404


def test_persian_digits_and_small_letters_lead_to_the_one_address(site):
    answer = site.get("/en/visas/check/irn/ordinary/tourism/۳۰/2026-12-24/checklist.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/{CHECKLIST}")


# Limits


@pytest.fixture
def drawn(monkeypatch):
    """Return the list of papers that were drawn."""
    made = []
    monkeypatch.setattr(papers, "render_pdf", lambda template, *_, **__: made.append(template) or b"%PDF")
    return made


def test_a_paper_is_drawn_once_an_edition(site, drawn):
    for _ in range(3):
        site.get(f"/en/{CARD}")
    assert len(drawn) == 1
    Mission.objects.update(emergency_phone="+44 1632 960111")
    site.get(f"/en/{CARD}")
    assert len(drawn) == 2


def test_who_has_the_paper_is_told_so(site, drawn):
    tag = site.get(f"/en/{CARD}").headers["ETag"]
    caches["local"].clear()
    assert site.get(f"/en/{CARD}", headers={"If-None-Match": tag}).status_code == 304
    assert len(drawn) == 1


def ask(site, days, **extra):
    return site.get(f"/en/visas/check/IRN/ordinary/tourism/{days}/2026-12-24/checklist.pdf", **extra)


def test_a_stranger_gets_so_many_new_papers_and_then_has_to_wait(site, drawn, monkeypatch):
    monkeypatch.setattr(papers, "DRAWN_FOR_ONE", 2)
    assert [ask(site, days).status_code for days in (1, 2, 3)] == [200, 200, 429]
    refused = ask(site, 4)
    assert "no-store" in refused.headers["Cache-Control"]
    assert "ETag" not in refused.headers
    assert ask(site, 1).status_code == 200  # What is kept is still given out
    assert ask(site, 5, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert len(drawn) == 3


def test_all_strangers_together_cannot_keep_the_machine_busy(site, drawn, monkeypatch):
    monkeypatch.setattr(papers, "DRAWN_FOR_ALL", 2)
    answers = [ask(site, days, REMOTE_ADDR=f"192.0.2.{days}").status_code for days in (1, 2, 3)]
    assert answers == [200, 200, 429]


def test_a_query_makes_no_new_paper(site, drawn):
    for number in range(5):
        site.get(f"/en/{CARD}?x={number}")
    assert len(drawn) == 1
