from io import BytesIO

import pytest
from django.template import engines
from pikepdf import Pdf

from consular.lib import pdf


@pytest.fixture
def paper(monkeypatch):
    """Return a function that renders HTML as a paper."""

    def render(html):
        monkeypatch.setattr(
            pdf, "render_to_string", lambda name, context=None: render_one(name, html, context)
        )
        return pdf.render_pdf("paper.html", {}, language="fa")

    def render_one(name, html, context):
        if name == pdf.STYLE_SHEET:
            return engines["django"].get_template(name).render({})
        return html

    return render


def test_a_paper_is_a_pdf_with_its_own_fonts(paper):
    made = paper("<html lang=fa><title>سفارت</title><p>سفارت مجازی ولماریس</p></html>")
    assert made.startswith(b"%PDF-")
    fonts = {
        str(font.BaseFont) for page in Pdf.open(BytesIO(made)).pages for font in page.Resources.Font.values()
    }
    assert fonts
    assert all("Paper-Text" in name or "Vazirmatn" in name for name in fonts), fonts


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "asset:../../../etc/passwd",
        "asset:requirements.txt",
        "asset:assets/fonts/../../manage.py",
        "ftp://example.org/x",
        "gopher://example.org",
    ],
)
def test_a_paper_reaches_for_nothing_but_the_projects_own_assets(address):
    with pytest.raises(ValueError, match=r".*"):
        pdf._fetcher().fetch(address)


def test_a_paper_embeds_no_file_of_anyones_choosing(paper, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house")
    made = paper(
        f'<html lang=en><link rel=attachment href="file://{secret}"><img src="file://{secret}"><p>x</p></html>'
    )
    assert b"EmbeddedFile" not in made
    assert b"secret of the house" not in made


def test_our_own_font_is_served():
    response = pdf._fetcher().fetch("asset:assets/fonts/embassy-ocr-b.ttf")
    assert response.read()[:4] in {b"\x00\x01\x00\x00", b"true"}
