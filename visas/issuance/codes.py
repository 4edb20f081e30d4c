"""The two codes on the paper: the seal as DataMatrix, and behind an address as QR. One pixel a module, no margin."""

import base64
import io

import zxingcpp
from django.conf import settings
from PIL import Image

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
    """Return the QR code of the address as PNG. zxing writes the fragment in capitals a third smaller than bytes."""
    code = zxingcpp.create_barcode(address(seal), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return _png(Image.fromarray(code.to_image(scale=1, add_quiet_zones=False)).convert("1"))


def as_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
