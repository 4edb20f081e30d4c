"""Turn a page that we drew without drawing it again: its JPEG gets the tag by which cameras say how they were held.

The pixels stay, so nothing is lost however often a page is turned. Browsers and libraries that put pictures into
PDFs follow the tag.
"""

import struct

ORIENTATIONS = {1: 6, 2: 3, 3: 8}  # quarters clockwise → what EXIF calls it
START_OF_IMAGE, JFIF, EXIF = b"\xff\xd8", b"\xff\xe0", b"\xff\xe1"
TAG, SHORT = 0x0112, 3


def upright(jpeg: bytes, quarters: int) -> bytes:
    """Return a JPEG of ours so that it is shown turned by `quarters`, clockwise."""
    if quarters not in ORIENTATIONS or not jpeg.startswith(START_OF_IMAGE):
        return jpeg
    after = len(START_OF_IMAGE)
    if jpeg[after : after + 2] == JFIF:  # which must come first
        after += 2 + int.from_bytes(jpeg[after + 2 : after + 4], "big")
    return jpeg[:after] + _segment(ORIENTATIONS[quarters]) + jpeg[after:]


def _segment(orientation: int) -> bytes:
    """Return an EXIF segment that holds nothing but the orientation."""
    directory = struct.pack(">HHHIHHI", 1, TAG, SHORT, 1, orientation, 0, 0)
    content = b"Exif\0\0" + b"MM\0*" + struct.pack(">I", 8) + directory
    return EXIF + struct.pack(">H", len(content) + 2) + content
