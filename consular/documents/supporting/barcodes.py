"""Bar codes on a page: what sort they are, where they stand, and what they say."""

from dataclasses import dataclass

from PIL import Image

from consular.documents.supporting import Box
from consular.documents.supporting.lines import printable, shares

SIDE = 1600
MOST_CODES, LONGEST = 5, 200
NAMES = {
    "QRCode": "QR", "MicroQRCode": "QR", "RMQRCode": "QR", "DataMatrix": "Data Matrix", "Aztec": "Aztec",
    "PDF417": "PDF417", "MicroPDF417": "PDF417", "CompactPDF417": "PDF417",
}  # fmt: skip
LINEAR = "linear"
SORTS = frozenset({*NAMES.values(), LINEAR})
LEAST_OF_LINEAR = 6  # characters: bars are seen in ruled tables, and say little there


@dataclass(frozen=True)
class Code:
    sort: str
    box: Box
    text: str


def codes_on(picture: Image.Image) -> list[Code]:
    """Return the bar codes on a page."""
    import zxingcpp

    grey = picture.convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    found = []
    for each in zxingcpp.read_barcodes(grey)[:MOST_CODES]:
        sort = NAMES.get(each.format.name, LINEAR)
        said = printable(each.text)[:LONGEST]
        if sort != LINEAR or len(said) >= LEAST_OF_LINEAR:
            found.append(Code(sort, _box(each.position, grey), said))
    return found


def _box(position: object, grey: Image.Image) -> Box:
    names = ("top_left", "top_right", "bottom_right", "bottom_left")
    corners = [getattr(position, name) for name in names]
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return shares(
        min(across) / grey.width, min(down) / grey.height, max(across) / grey.width, max(down) / grey.height
    )
