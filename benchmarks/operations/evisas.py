"""The e-visa's paper, beside WeasyPrint on the same HTML with style sheet and fonts kept as ours are."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from benchmarks.bench import Bench
from benchmarks.measuring import interleaved
from benchmarks.table import Row
from consular.lib import pdf

GOAL = 1.4


def run(bench: Bench) -> Iterator[Row]:
    from visas.issuance.papers import evisa_context, evisa_pdf

    evisa = bench.evisa
    language = evisa.application.submitted_case.language
    with override(language):
        context = {**evisa_context(evisa, language), "language": language, "direction": "rtl"}
        html = render_to_string("papers/evisa.html", context)
    ours, kept, anew = interleaved(
        bench.times(15), lambda: evisa_pdf(evisa), lambda: raw(html, kept=True), lambda: raw(html, kept=False)
    )
    size = f"{len(evisa_pdf(evisa)) / 1000:.0f} kB, {language}"
    told = f"{ours.cpu:.0f} ms CPU, {size}"
    yield Row(
        "e-visa", told, f"WeasyPrint, sheet and fonts kept: {kept.cpu:.0f} ms", ours.cpu / kept.cpu, GOAL
    )
    yield Row("e-visa", told, f"WeasyPrint, all anew: {anew.cpu:.0f} ms", ours.cpu / anew.cpu)


def raw(html: str, *, kept: bool) -> bytes:
    """Draw the paper without the portal: same HTML, same variant of PDF."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher, sheet_kept, fonts_kept = pdf._fetcher(), pdf._style_sheet(), pdf._fonts()  # noqa: SLF001 - as ours
    fonts: Any = fonts_kept if kept else FontConfiguration()
    text = render_to_string(pdf.STYLE_SHEET)
    fresh = {"string": text, "base_url": pdf.ASSETS, "font_config": fonts, "url_fetcher": fetcher}
    sheet = sheet_kept if kept else CSS(**fresh)
    document = HTML(string=html, base_url=pdf.ASSETS, url_fetcher=fetcher)
    same = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "optimize_images": True}
    return bytes(document.write_pdf(stylesheets=[sheet], font_config=fonts, **same))
