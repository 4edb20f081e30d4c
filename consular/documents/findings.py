"""What a photo's measurements mean. Advice with the figures; never a refusal, never a retouched picture."""

from typing import Any

from consular.documents.status import Finding

SHORTEST_SIDE = 600  # pixels: 51 mm at 300 dots an inch, with no room to cut
NARROWEST, WIDEST = 0.65, 1.02  # width by height: 2:3 for a telephone held upright, to a square
DARKEST, BRIGHTEST = 60, 235  # mean grey, 0 to 255; the background of a good photo is nearly white
SOFTEST = 20  # percent, see `sandbox.measure`


def of_photo(measures: dict[str, float]) -> list[dict[str, Any]]:
    """Return the findings about a photo, each with the figure and the limit that it passed."""
    width, height = int(measures["width"]), int(measures["height"])
    brightness, sharpness = measures["brightness"], measures["sharpness"]
    tests: list[tuple[bool, Finding, dict[str, float]]] = [
        (min(width, height) < SHORTEST_SIDE, Finding.PICTURE_SMALL, {"width": width, "height": height, "limit": SHORTEST_SIDE}),
        (not NARROWEST <= width / height <= WIDEST, Finding.PHOTO_SHAPE, {"width": width, "height": height}),
        (brightness < DARKEST, Finding.PICTURE_DARK, {"brightness": brightness, "limit": DARKEST}),
        (brightness > BRIGHTEST, Finding.PICTURE_BRIGHT, {"brightness": brightness, "limit": BRIGHTEST}),
        (sharpness < SOFTEST, Finding.PICTURE_BLURRED, {"sharpness": sharpness, "limit": SOFTEST}),
    ]  # fmt: skip
    return [{"code": code.value, **figures} for holds, code, figures in tests if holds]
