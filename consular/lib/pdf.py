"""PDF from a template by WeasyPrint: deny-all fetcher, own fonts, style sheet and fonts kept per process.

WeasyPrint's default fetcher reads files and addresses of anyone's choosing; this one knows the project's own
fonts, images, emblem and nothing else, besides inline `data:` images.
"""

import atexit
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


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """Return the PDF/A-3a of a template rendered in `language`, tagged for screen readers."""
    from weasyprint import HTML

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
        )
    )


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
