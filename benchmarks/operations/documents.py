"""Files through the pipeline, beside its decoders alone in a warm process; the start of its child apart."""

import io
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from benchmarks.bench import SEED, Bench
from benchmarks.measuring import interleaved
from benchmarks.table import Row

GOAL = 1.3
SIDE, READING_SIDE, SMALL, QUALITY = 2400, 3200, 320, 85
TWELVE_MEGAPIXELS = (4000, 3000)


def run(bench: Bench) -> Iterator[Row]:
    for name, (kind, content, tiny, decoders) in samples().items():
        whole, start, alone, warm = interleaved(
            bench.times(5),
            lambda content=content, kind=kind: through_pipeline(bench, content, kind),
            lambda tiny=tiny, kind=kind: through_pipeline(bench, tiny, kind),
            lambda content=content, decoders=decoders: decoders(content),
            lambda content=content, kind=kind: in_this_process(content, kind),
        )
        yield Row(f"document: {name}", f"{whole.cpu:.0f} ms CPU, {start.cpu:.0f} of it start",
                  f"decoders alone: {alone.cpu:.0f} ms", (whole.cpu - start.cpu) / alone.cpu, GOAL)  # fmt: skip
        yield Row(f"document: {name}, with the start", f"{whole.cpu:.0f} ms CPU, {whole.wall:.0f} ms",
                  f"decoders alone: {alone.cpu:.0f} ms", whole.cpu / alone.cpu)  # fmt: skip

        yield Row(
            f"document: {name}, the child's work in a warm process",
            f"{warm.cpu:.0f} ms CPU",
            f"decoders alone: {alone.cpu:.0f} ms",
            warm.cpu / alone.cpu,
        )


Sample = tuple[str, bytes, bytes, Callable[[bytes], None]]


def samples() -> dict[str, Sample]:
    """Return, by name: kind, content, the smallest file of that kind (its time is the start's), and its decoders."""
    from embassy.demo import specimen_papers, specimens

    photo = specimens.photo("Shirin").resize(TWELVE_MEGAPIXELS[::-1])
    statement = specimen_papers.bank_statement_pdf("Shirin Azad", until=timezone.localdate())
    dot = jpeg(Image.new("RGB", (60, 80), "grey"))
    return {
        "photo of 12 megapixels": ("photo", jpeg(photo), dot, decode_photo),
        "passport page of 12 megapixels": ("passport", jpeg(passport()), dot, decode_passport),
        "PDF of one page": ("supporting", statement, blank_pdf(), decode_pdf),
    }


def passport() -> Image.Image:
    import random

    from training.mrz.pages import page

    rng = random.Random(SEED)
    drawn = next(found for found in iter(lambda: page(rng), None) if found.readable and found.kind == "phone")
    return Image.fromarray(drawn.picture).resize(TWELVE_MEGAPIXELS)


def blank_pdf() -> bytes:
    """Return a page of ten points by ten."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(10, 10))
        pdf.save(out)
    return out.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def through_pipeline(bench: Bench, content: bytes, kind: str) -> None:
    """Store a file and examine it, its pages and rows included."""
    from consular.documents import actions
    from consular.documents.models import Document
    from consular.documents.status import State

    document = actions.store(SimpleUploadedFile("page.jpg", content), owner=bench.new_person(), kind=kind)
    actions.process(document)
    state: Any = Document.objects.get(pk=document.pk).state
    if state != State.CLEAN:
        raise RuntimeError(f"the {kind} is {state}")


def in_this_process(content: bytes, kind: str) -> None:
    """Do all that the child does, here."""
    from consular.documents.actions.process import request_for
    from consular.documents.models import Document
    from consular.documents.sandbox.__main__ import respond

    respond(content, request_for(Document(kind=kind)), io.BytesIO())


# The decoders alone: decode, bring to the size that is kept, write page and thumbnail


def decode_picture(content: bytes, side: int = SIDE) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    write(picture)
    return picture


def decode_photo(content: bytes) -> None:
    from consular.documents.photo.measuring import measure

    measure(decode_picture(content))


def decode_passport(content: bytes) -> None:
    from consular.documents.reading import read_passport

    read_passport(decode_picture(content, READING_SIDE), today=timezone.localdate())


def decode_pdf(content: bytes) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    for number in range(len(pdf)):
        size = max(pdf[number].get_size())
        write(pdf[number].render(scale=min(300 / 72, (SIDE - 1) / size)).to_pil().convert("RGB"))


def write(picture: Image.Image) -> None:
    for side in (SIDE, SMALL):
        picture = picture.copy()
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        jpeg(picture)
