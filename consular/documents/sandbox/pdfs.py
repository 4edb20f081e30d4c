"""PDFs: look at what they would do, then draw their pages."""

import io
from collections.abc import Iterator
from typing import Any

from consular.documents.sandbox.pictures import Leaf, bare
from consular.documents.sandbox.protocol import Refused, Request
from consular.documents.supporting.lines import MOST_CHARACTERS, Line, lines_of

POINTS_PER_INCH = 72
DOTS_PER_INCH = 300
MAX_NODES = 400_000  # objects looked at; what is larger is refused
END_OF_FILE = b"%%EOF"
TAIL_BYTES = 2048

# ISO 32000-1 §12.6.4 (actions) and §7.11.4 (embedded files): what a name in a dictionary gives away
TELLING_KEYS = {
    "/JS": "pdf_script",
    "/EmbeddedFiles": "pdf_attachment",
    "/EF": "pdf_attachment",
    "/RichMedia": "pdf_attachment",
    "/XFA": "pdf_form",
}
TELLING_ACTIONS = {
    "/JavaScript": "pdf_script",
    "/Rendition": "pdf_script",
    "/Launch": "pdf_launch",
    "/SubmitForm": "pdf_submits",
    "/ImportData": "pdf_submits",
    "/GoToE": "pdf_attachment",
}


def inspect(data: bytes, request: Request) -> tuple[list[dict[str, Any]], bytes]:
    """Return the findings about a PDF, and the PDF to draw: the file itself, or a repaired one if it is damaged.

    Refuses one that needs a password, or has too many pages or none.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    with pdf:
        refuse_by_pages(len(pdf.pages), request)
        codes = what_it_would_do(pdf)
        if pdf.is_encrypted:
            codes.add("pdf_restricted")
        if pdf.get_warnings() or END_OF_FILE not in data[-TAIL_BYTES:]:
            codes.add("pdf_repaired")
            data = rewritten(pdf)
    return [{"code": code} for code in sorted(codes)], data


def rewritten(pdf: Any) -> bytes:
    """Return what could be saved of a damaged PDF, put together anew."""
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def refuse_by_pages(pages: int, request: Request) -> None:
    if pages < 1:
        raise Refused("damaged")
    if pages > request.max_pages:
        raise Refused("too_many_pages", pages=pages, limit=request.max_pages)


def what_it_would_do(pdf: Any) -> set[str]:
    """Return the codes of everything active in a PDF, wherever it hides: object by object, not by its actions."""
    codes = {"pdf_form"} if has_form(pdf) else set()
    for seen, node in enumerate(nodes(pdf)):
        if seen > MAX_NODES:
            raise Refused("too_complex")
        codes |= told_by(node)
    return codes


def has_form(pdf: Any) -> bool:
    form = pdf.Root.get("/AcroForm")
    return form is not None and len(form.get("/Fields", ())) > 0


def nodes(pdf: Any) -> Iterator[Any]:
    """Yield every dictionary: the numbered objects, and what stands directly inside them."""
    import pikepdf

    for numbered in pdf.objects:
        waiting = [numbered]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Array):
                waiting += [child for child in node if _stands_inside(child)]
            elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                yield node
                waiting += [child for child in dict(node).values() if _stands_inside(child)]


def _stands_inside(child: Any) -> bool:
    """Tell whether a value is a container that no reference leads to: numbered objects have their own turn."""
    import pikepdf

    return isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect


def told_by(node: Any) -> set[str]:
    """Return the codes that one dictionary gives away, by its keys and by the kind of action it is."""
    keys = set(node.keys())
    codes = {code for key, code in TELLING_KEYS.items() if key in keys}
    if "/S" in keys and (code := TELLING_ACTIONS.get(str(node["/S"]))):
        codes.add(code)
    return codes


def leaves(data: bytes, request: Request) -> Iterator[Leaf]:
    """Yield the pages as pictures. Filled forms are drawn with what was filled in; nothing is executed."""
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    pdf.init_forms()
    refuse_by_pages(len(pdf), request)
    room = MOST_CHARACTERS if request.kind == "supporting" else 0
    for number in range(len(pdf)):
        page = pdf[number]
        picture = page.render(scale=scale_of(page.get_size(), request.side)).to_pil().convert("RGB")
        lines = text_of(page, number + 1, room)
        room -= sum(len(line.text) for line in lines)
        page.close()
        yield Leaf(bare(picture), picture.width, picture.height, lines)


def text_of(page: Any, number: int, room: int) -> list[Line]:
    """Return the lines of a page that could be drawn; none where its text alone is damaged."""
    try:
        return lines_of(page, number, room)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the pages are what counts
        return []


def scale_of(size: tuple[float, float], side: int) -> float:
    """Return pixels per point: DOTS_PER_INCH, less for pages that would be longer than `side`."""
    longest = max(size)
    if not longest > 0:
        raise Refused("damaged")
    return min(DOTS_PER_INCH / POINTS_PER_INCH, (side - 1) / longest)
