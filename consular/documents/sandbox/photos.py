"""The one place that calls `consular.documents.photo`: a photo's picture in, its figures out."""

import datetime as dt

from consular.documents.content_types import PDF
from consular.documents.sandbox import measure, pictures
from consular.documents.sandbox.pictures import Leaf
from consular.documents.sandbox.protocol import Request

EXIF, TAKEN, CHANGED = (
    0x8769,
    0x9003,
    0x0132,
)  # Exif 2.32 §4.6.5, §4.6.4: the sub-directory, when taken, when changed
FORM = "%Y:%m:%d %H:%M:%S"
OLDEST = 365 * 20  # days: before that nobody's telephone was asked; a clock that was never set


def measured(leaf: Leaf, data: bytes, content_type: str, request: Request) -> dict[str, float]:
    """Return what can be measured on a photo, whatever it shows."""
    from consular.documents.photo.measuring import measure as measure_portrait

    figures = measure.measure(leaf.picture, leaf.width, leaf.height) | measure_portrait(leaf.picture)
    if "eye_pixels" in figures:
        figures["eye_pixels"] = round(figures["eye_pixels"] * leaf.width / leaf.picture.width)
    return figures | age(data, content_type, dt.date.fromisoformat(request.today))


def age(data: bytes, content_type: str, today: dt.date) -> dict[str, float]:
    """Return for how many days the picture has existed by its own metadata; nothing where it does not say, or cannot be."""
    if content_type == PDF:
        return {}
    try:
        exif = pictures.open_picture(data, content_type).getexif()
        written = exif.get_ifd(EXIF).get(TAKEN) or exif.get(CHANGED)
        days = (today - dt.datetime.strptime(str(written), FORM).date()).days  # noqa: DTZ007 - a camera's own clock
    except Exception:  # noqa: BLE001 - metadata is written by anything
        return {}
    return {"age": days} if 0 <= days <= OLDEST else {}
