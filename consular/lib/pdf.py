"""PDF from a template by WeasyPrint: deny-all fetcher, own fonts, style sheet and fonts kept per process.

WeasyPrint's default fetcher reads files and addresses of anyone's choosing; this one knows the project's own
fonts, images, emblem and nothing else, besides inline `data:` images.
"""

import atexit
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override

STYLE_SHEET = "papers/paper.css"
ASSETS = "asset:"
FOLDERS = ("assets/fonts", "static/img")
EMBLEM = f"{ASSETS}identity/emblem.svg"


class ForbiddenAddressError(ValueError):
    """A paper's template asked for something outside the project's own assets."""


def render_pdf(
    template: str, context: dict[str, Any], *, language: str, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF/A-3a of a template rendered in `language`, tagged for screen readers.

    A `<span lang="…">` is tagged with its language. Attachments, name → content, are data that belong to the paper.
    """
    from weasyprint import HTML, Attachment

    with override(language):
        direction = "rtl" if get_language_bidi() else "ltr"
        html = render_to_string(template, {**context, "language": language, "direction": direction})
    document = HTML(string=html, base_url=ASSETS, url_fetcher=_fetcher())
    return bytes(
        document.write_pdf(
            stylesheets=[_style_sheet()],
            font_config=_fonts(),
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            optimize_images=True,
            attachments=[
                Attachment(string=content, name=name, relationship="Data")
                for name, content in (attachments or {}).items()
            ],
            finisher=_finish,
        )
    )


def _finish(document: Any, pdf: Any) -> None:
    """Do what WeasyPrint leaves undone: the languages of parts, and no empty resources, which PDF/A has not."""
    spans = [each for each in pdf.objects if _is_span(each)]
    for span, language in zip(spans, _languages_of_spans(document), strict=True):
        if language:
            span["Lang"] = _text(language)
    for each in pdf.objects:
        for holder in _dictionaries(each):
            for name in ("Pattern", "Shading"):
                if holder.get(name) == {}:
                    del holder[name]


def _is_span(part: Any) -> bool:
    """Tell whether an object is the structure of a `<span>`: its children are elements, not text."""
    is_element = isinstance(part, dict) and part.get("Type") == "/StructElem" and part.get("S") == "/Span"
    return is_element and not any(isinstance(child, int) for child in part["K"])


def _languages_of_spans(document: Any) -> Iterator[str]:
    """Yield the language of each `<span>` in the order of the structure, which has no lines and no texts."""
    from weasyprint.formatting_structure import boxes

    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - there is no other way to it
            is_part = not isinstance(box, boxes.LineBox | boxes.TextBox)
            if is_part and box.element is not None and box.element_tag == "span":
                yield box.element.get("lang", "")


def _dictionaries(part: Any) -> Iterator[Any]:
    """Yield the resources that an object is or has."""
    found = part if isinstance(part, dict) else getattr(part, "extra", None)
    if isinstance(found, dict):
        yield found
        if isinstance(found.get("Resources"), dict):
            yield found["Resources"]


def _text(text: str) -> Any:
    import pydyf

    return pydyf.String(text)  # type: ignore[no-untyped-call]


@cache
def _fetcher() -> Any:
    """Return a fetcher that serves `data:` and, as `asset:<path>`, the files in `FOLDERS`."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    root = Path(settings.BASE_DIR).resolve()

    class OwnAssetsOnly(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)  # type: ignore[no-untyped-call]
            if url == EMBLEM:
                path = settings.IDENTITY.emblem
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _media_type(path)})
            path = (root / url.removeprefix(ASSETS)).resolve()
            ours = any(path.is_relative_to(root / folder) for folder in FOLDERS)
            if not (url.startswith(ASSETS) and ours and path.is_file()):
                raise ForbiddenAddressError(url[:80])
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _media_type(path)})

    return OwnAssetsOnly(allowed_protocols=("data",))  # type: ignore[no-untyped-call]


def _media_type(path: Path) -> str:
    return {".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}[path.suffix]


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _style_sheet() -> Any:
    from weasyprint import CSS

    return CSS(
        string=render_to_string(STYLE_SHEET, {"colours": settings.IDENTITY.colours}),
        base_url=ASSETS,
        font_config=_fonts(),
        url_fetcher=_fetcher(),
    )


# WeasyPrint's fonts clean up after themselves while their library is still loaded, not at the interpreter's end.
atexit.register(_style_sheet.cache_clear)
atexit.register(_fonts.cache_clear)
