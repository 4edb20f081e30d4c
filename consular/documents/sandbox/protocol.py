"""What passes between the pipeline and its child: a request, pages, and a report.

An answer is a sequence of frames. Each begins with one line of JSON: {"width", "height", "image",
"thumbnail", "likeness"} for a page, followed by as many bytes as `image` and `thumbnail` say; the last frame is
{"report": {…}}. The child may have been taken over by what it decoded: whoever reads an answer trusts
no number and no byte of it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from consular.documents.supporting.likeness import BYTES as BYTES_OF_LIKENESS

MAX_LINE = 256 * 1024  # bytes of JSON in one line
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
LIKENESS = re.compile(rf"[0-9a-f]{{{2 * BYTES_OF_LIKENESS}}}")


class GarbledError(Exception):
    """The child's answer is not what a child of ours answers."""


@dataclass(frozen=True)
class Request:
    """What to do with the file, and the limits. Sides are in pixels; `today` is an ISO date."""

    kind: str
    max_pages: int
    max_pixels: int
    today: str
    page_side: int = 2400
    thumbnail_side: int = 320
    reading_side: int = 3200
    cpu_seconds: int = 30
    memory: int = 780_000_000
    output: int = 120_000_000

    @property
    def side(self) -> int:
        """Return how long a decoded picture may be; passports are read before they are made smaller."""
        return self.reading_side if self.kind == "passport" else self.page_side

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Request":
        return cls(**json.loads(text))


@dataclass
class Report:
    """What the child says at the end.

    `refusal` is the code of a refusal, '' when the pages are there. `figures` are its numbers; `findings`
    [{"code", numbers …}]; `fields` what a passport's machine-readable zone says; `measures` what was
    measured on the first picture; `lines` the text of a PDF, [{"page", "box", "text"}].
    """

    content_type: str = ""
    refusal: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    measures: dict[str, float] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)


class Refused(Exception):  # noqa: N818 - a verdict, not an error
    """The file cannot be used: the code of the refusal, and its figures."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures


@dataclass(frozen=True)
class Rendition:
    """One page in an answer: where its two JPEGs stand in the file `answer`, read when they are wanted."""

    answer: IO[bytes]
    offset: int
    width: int
    height: int
    image_bytes: int
    thumbnail_bytes: int
    likeness: bytes = b""

    def image(self) -> bytes:
        return self._jpeg(self.offset, self.image_bytes)

    def thumbnail(self) -> bytes:
        return self._jpeg(self.offset + self.image_bytes, self.thumbnail_bytes)

    def _jpeg(self, offset: int, size: int) -> bytes:
        self.answer.seek(offset)
        content = self.answer.read(size)
        if len(content) != size or not (content.startswith(JPEG_START) and content.endswith(JPEG_END)):
            raise GarbledError("not a JPEG")
        return content


def send_page(  # noqa: PLR0913 - keywords
    answer: IO[bytes], *, width: int, height: int, image: bytes, thumbnail: bytes, likeness: bytes = b""
) -> None:
    """Write one page as the child's next frame."""
    head: dict[str, Any] = {
        "width": width,
        "height": height,
        "image": len(image),
        "thumbnail": len(thumbnail),
    }
    head["likeness"] = likeness.hex()
    answer.write(json.dumps(head).encode() + b"\n" + image + thumbnail)


def send_report(answer: IO[bytes], report: Report) -> None:
    answer.write(json.dumps({"report": asdict(report)}).encode() + b"\n")


def read_answer(answer: IO[bytes], request: Request) -> tuple[list[Rendition], dict[str, Any]]:
    """Return the pages and the report as they stand in a child's answer; raise GarbledError for anything odd."""
    pages: list[Rendition] = []
    for head in _heads(answer):
        if "report" in head and isinstance(head["report"], dict):
            return pages, head["report"]
        page = _page(answer, head, longest_side=request.page_side)
        pages.append(page)
        if len(pages) > request.max_pages:
            raise GarbledError("too many pages")
        answer.seek(page.offset + page.image_bytes + page.thumbnail_bytes)
    raise GarbledError("no report")


def _heads(answer: IO[bytes]) -> Iterator[dict[str, Any]]:
    answer.seek(0)
    while line := answer.readline(MAX_LINE):
        try:
            head = json.loads(line, parse_constant=_refuse_constant)
        except ValueError as error:
            raise GarbledError("not JSON") from error
        if not isinstance(head, dict):
            raise GarbledError("not a frame")
        yield head


def _refuse_constant(name: str) -> None:
    """Refuse NaN and the infinities: no number of ours, and none that JSON or PostgreSQL knows."""
    raise ValueError(name)


def _page(answer: IO[bytes], head: dict[str, Any], *, longest_side: int) -> Rendition:
    numbers: list[Any] = [head.get(key) for key in ("width", "height", "image", "thumbnail")]
    if not all(type(number) is int and number > 0 for number in numbers):
        raise GarbledError("not a page")
    width, height, image, thumbnail = numbers
    if max(width, height) > longest_side:
        raise GarbledError("too large a page")
    return Rendition(answer, answer.tell(), width, height, image, thumbnail, _likeness(head.get("likeness")))


def _likeness(written: Any) -> bytes:
    """Return a page's likeness: none, or all of it."""
    if written == "":
        return b""
    if not isinstance(written, str) or not LIKENESS.fullmatch(written):
        raise GarbledError("not a likeness")
    return bytes.fromhex(written)
