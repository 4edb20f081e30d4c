"""The two codes on the paper: the seal as DataMatrix, and behind an address as QR. One pixel a module, no margin."""

import base64
import io
from typing import Any

import segno
import zxingcpp
from django.conf import settings
from PIL import Image
from segno.consts import MODE_ALPHANUMERIC, MODE_BYTE

from consular.lib.seal import carrying


def address(seal: bytes) -> str:
    """Return the address of the page that checks the seal; what is behind the `#` is sent to no server."""
    return f"{settings.SITE_URL}/v#{carrying.fragment(seal)}"


def matrix(seal: bytes) -> bytes:
    """Return the DataMatrix as PNG of two colours. Rectangular codes do not survive poor scanners: it is square."""
    code = zxingcpp.create_barcode(seal, zxingcpp.BarcodeFormat.DataMatrix)
    picture = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False)).convert("1")
    if picture.width != picture.height:
        raise ValueError("The code is not square.")
    return _png(picture)


def link(seal: bytes) -> bytes:
    """Return the QR code of the address as PNG: the fragment in its alphanumeric mode, so that it is a third smaller."""
    page, mark, fragment = address(seal).partition("#")
    segments: Any = [(page + mark, MODE_BYTE), (fragment, MODE_ALPHANUMERIC)]
    code = segno.make(segments, error="m", micro=False, boost_error=False)
    kept = io.BytesIO()
    code.save(kept, kind="png", scale=1, border=0)
    return kept.getvalue()


def as_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
