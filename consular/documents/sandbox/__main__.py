"""The child: `python -m consular.documents.sandbox REQUEST < original > answer`."""

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PIL import Image

from consular.documents.content_types import HEAD_BYTES, PDF, content_type_of
from consular.documents.sandbox import papers, pdfs, photos, pictures
from consular.documents.sandbox.confinement import confine
from consular.documents.sandbox.pictures import Leaf
from consular.documents.sandbox.protocol import Refused, Report, Request, send_page, send_report
from consular.documents.supporting.likeness import likeness_of

QUALITY = 85  # of the JPEGs that we write
MOST_PAGES_READ = 3  # pages of a passport's file on which its data page is looked for


def main() -> None:
    request = Request.from_text(sys.argv[1])
    answer = private_output()
    confine(cpu_seconds=request.cpu_seconds, memory=request.memory, output=request.output)
    respond(sys.stdin.buffer.read(), request, answer)
    answer.flush()


def respond(data: bytes, request: Request, answer: IO[bytes]) -> None:
    """Write the whole answer on a file: its pages, if it has any to show, and the report."""
    report = Report()
    try:
        work(data, request, answer, report)
    except Refused as verdict:
        report.refusal, report.figures = verdict.code, verdict.figures
    except MemoryError:
        report.refusal = "too_complex"
    send_report(answer, report)


def private_output() -> IO[bytes]:
    """Return the answer's file, and turn standard output away: libraries print there."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answer


def tell_where(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a mistake of ours as its kind and place: its text might quote the file."""
    place = traceback.extract_tb(trace)[-1]
    print(f"{kind.__name__} at {Path(place.filename).name}:{place.lineno}", file=sys.stderr)  # noqa: T201 - its only channel


def work(data: bytes, request: Request, answer: IO[bytes], report: Report) -> None:
    """Find out what the file is, draw its pages, and measure or read what its kind asks for."""
    content_type = content_type_of(data[:HEAD_BYTES])
    if content_type is None:
        raise Refused("not_accepted")
    report.content_type = content_type
    with decoding():
        report.findings, data = look_over(data, content_type, request)
    for number, leaf in enumerate(drawn(data, content_type, request), start=1):
        send(answer, leaf, request)
        if request.kind == "photo" and number == 1:
            report.measures = photos.measured(leaf, data, content_type, request)
        if request.kind == "supporting":
            papers.look_at(leaf.picture, number, leaf.lines, report)
        if request.kind == "passport" and number <= MOST_PAGES_READ and not report.fields:
            read(leaf, request, report)


@contextlib.contextmanager
def decoding() -> Iterator[None]:
    """Whatever a decoder raises, the file is damaged: decoders have no error in common."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("damaged") from error


def look_over(data: bytes, content_type: str, request: Request) -> tuple[list[dict[str, Any]], bytes]:
    """Return the findings about the file as such, before anything is drawn, and the file to draw."""
    if content_type == PDF:
        return pdfs.inspect(data, request)
    return ([{"code": "animated"}] if pictures.is_animated(data, content_type) else []), data


def drawn(data: bytes, content_type: str, request: Request) -> Iterator[Leaf]:
    """Yield the pages; only what goes wrong while decoding is the file's fault."""
    with decoding():
        if content_type == PDF:
            yield from pdfs.leaves(data, request)
        else:
            yield from pictures.leaves(data, content_type, request)


def send(answer: IO[bytes], leaf: Leaf, request: Request) -> None:
    """Write one page, as the picture that people look at and as its thumbnail."""
    page = fitted(leaf.picture, request.page_side)
    small = fitted(page, request.thumbnail_side)
    pictures_of_it = {"image": as_jpeg(page), "thumbnail": as_jpeg(small)}
    send_page(answer, width=page.width, height=page.height, **pictures_of_it, likeness=likeness_of(page))


def fitted(picture: Image.Image, side: int) -> Image.Image:
    """Return a copy whose longer side is at most `side`."""
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def as_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def read(leaf: Leaf, request: Request, report: Report) -> None:
    """Look for the machine-readable zone; the first page's advice stays unless a later page is read."""
    from consular.documents.sandbox import passports

    fields, findings = passports.read(leaf.picture, request.today)
    if fields:
        report.fields = fields
        report.findings = [each for each in report.findings if each["code"] != "mrz_not_read"]
    if fields or not any(each["code"] == "mrz_not_read" for each in report.findings):
        report.findings += findings


if __name__ == "__main__":
    sys.excepthook = tell_where
    main()
