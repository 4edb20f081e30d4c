"""The sealed e-visa: the whole beside WeasyPrint on the same HTML, and each part beside its like alone."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from benchmarks.bench import Bench
from benchmarks.measuring import Time, interleaved
from benchmarks.operations.seals import ALGORITHM, MANY, repeated
from benchmarks.table import Row
from consular.lib import pdf

OF_DRAWING, OF_THE_WHOLE = 1.4, 2
LARGEST_KB, SLOWEST_CODES_MS, SLOWEST_SEAL_MS, SLOWEST_WHOLE_MS = 60, 10, 1, 200
BUNDLE_KB = 60


def run(bench: Bench) -> Iterator[Row]:
    from visas.issuance import checking, codes
    from visas.issuance.papers import evisa_context, evisa_pdf
    from visas.seals import pades

    evisa = bench.evisa
    seal = bytes(evisa.seal)
    language = evisa.application.submitted_case.language
    with override(language):
        context = {**evisa_context(evisa, language), "language": language, "direction": "rtl"}
        html = render_to_string("papers/evisa.html", context)
    made = evisa_pdf(evisa)

    def whole() -> bytes:
        return pades.sign(evisa_pdf(evisa), name="Benchmark", reason="e-visa")

    ours, signed, kept, anew, drawn, looked = interleaved(
        bench.times(15),
        lambda: evisa_pdf(evisa),
        whole,
        lambda: raw(html, kept=True),
        lambda: raw(html, kept=False),
        lambda: (codes.matrix(seal), codes.link(seal)),
        lambda: list(checking.faults_of_paper(evisa, made)),
    )
    alone = f"WeasyPrint, sheet and fonts kept: {kept.cpu:.0f} ms"
    size = len(whole()) / 1000
    yield row("e-visa, drawn", ours, alone, ours.cpu / kept.cpu, OF_DRAWING)
    yield row("e-visa, drawn", ours, f"WeasyPrint, all anew: {anew.cpu:.0f} ms", ours.cpu / anew.cpu)
    yield row("e-visa, drawn and signed (PAdES)", signed, alone, signed.cpu / kept.cpu, OF_THE_WHOLE)
    yield limit("e-visa, drawn and signed (PAdES)", signed.cpu, "ms CPU", SLOWEST_WHOLE_MS)
    yield limit(f"e-visa, the signed file, {language}", size, "kB", LARGEST_KB)
    yield limit("e-visa, both codes", drawn.cpu, "ms CPU", SLOWEST_CODES_MS)
    yield row("e-visa, the portal's look at it", looked, alone, looked.cpu / kept.cpu)
    yield from of_seals(bench, evisa)
    yield limit("trust bundle", size_of_bundle(), "kB", BUNDLE_KB)


def of_seals(bench: Bench, evisa: Any) -> Iterator[Row]:
    """Measure the seal as issuing makes it: the key from its row, the fields from the record."""
    from visas.issuance import sealing
    from visas.seals import custody
    from visas.seals.signing import active
    from visas.seals.status import Use

    private = custody.keeper.key(active(Use.SEAL).secret)
    unsigned = bytes(evisa.seal)[:-66]
    sealed, bare = interleaved(
        bench.times(9),
        repeated(lambda: sealing.sealed(evisa)),
        repeated(lambda: private.sign(unsigned, ALGORITHM)),
    )
    each, alone = sealed.cpu / MANY, bare.cpu / MANY
    told, peer = f"{each:.2f} ms CPU", f"one P-256 signature: {1000 * alone:.0f} µs"
    yield Row("seal of a record, its key from the database", told, peer, each / alone)
    yield limit("seal of a record, its key from the database", each, "ms CPU", SLOWEST_SEAL_MS)


def size_of_bundle() -> float:
    from visas.seals.bundle import bundle

    return len(bundle(timezone.now())) / 1000


def row(name: str, ours: Time, peer: str, ratio: float, goal: float | None = None) -> Row:
    return Row(name, f"{ours.cpu:.0f} ms CPU", peer, ratio, goal)


def limit(name: str, value: float, unit: str, most: float) -> Row:
    return Row(
        name,
        f"{value:.2g} {unit}" if value < 1 else f"{value:.0f} {unit}",
        f"limit: {most} {unit}",
        value / most,
        1,
    )


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
