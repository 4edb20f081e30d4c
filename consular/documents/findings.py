"""What a photo's measurements mean for what a mission asks. Advice with the figures; never a refusal, never a retouch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consular.documents.photo.specifications import Specification
from consular.documents.status import Finding

# Of every picture
DARKEST, BRIGHTEST = 60, 235  # mean grey, 0 to 255; the background of a good photo is nearly white
SOFTEST = 20  # percent, see `sandbox.measure`
SHAPE_MAY_DIFFER = 0.06  # of the shape: officers cut a little, and 3:4 of a telephone is near 35:45

# Of portraits: what ICAO 9303-3 asks for, as far as our measures tell it apart (training/photo/README.md)
FIGURE_MAY_DIFFER = 1.0  # percent of the picture's height by which head and eyes are measured
MOST_ROLL, MOST_YAW = 10, 15  # degrees
DARKEST_BACKGROUND, MOST_SHADES = 65, 30  # of lightness
DARKEST_FACE, MOST_BURNT = 30, 10  # lightness; percent of the face
LEAST_COLOUR = 3
SOFTEST_FACE = 26  # percent
LEAST_LIDS, MOST_LIPS = 18, 13  # percent of the width of eye and mouth
MOST_GLARE = 10  # percent, see `photo.measuring`
DAYS_OF_MONTH = 30.5


@dataclass(frozen=True)
class Bound:
    """One figure and what it may be: `low` or `high` is None where there is no such limit.

    `slack` is how far it may pass a limit before we say so; `below` and `above` are the findings then.
    """

    measure: str
    low: float | None
    high: float | None
    below: Finding | None
    above: Finding | None
    slack: float = 0.0
    whole_face: bool = True  # measured only where there is one face

    def judged(self, value: float) -> Finding | None:
        """Return what is wrong with a value; None where nothing is."""
        if self.low is not None and value < self.low - self.slack:
            return self.below
        if self.high is not None and value > self.high + self.slack:
            return self.above
        return None


def bounds(asked: Specification) -> list[Bound]:
    """Return what every figure of a photo may be, the most important first."""
    most_bytes = asked.bytes[1] if asked.bytes else None
    return [
        Bound("shortest", asked.shortest, None, Finding.PICTURE_SMALL, None, whole_face=False),
        Bound("shape", asked.shape, asked.shape, Finding.PHOTO_RATIO, Finding.PHOTO_RATIO,
              asked.shape * SHAPE_MAY_DIFFER, whole_face=False),
        Bound("head", *asked.head, Finding.HEAD_SMALL, Finding.HEAD_LARGE, FIGURE_MAY_DIFFER),
        Bound("eye_line", *asked.eyes, Finding.EYES_LOW, Finding.EYES_HIGH, FIGURE_MAY_DIFFER),
        Bound("roll", -MOST_ROLL, MOST_ROLL, Finding.HEAD_TILTED, Finding.HEAD_TILTED),
        Bound("yaw", -MOST_YAW, MOST_YAW, Finding.HEAD_TURNED, Finding.HEAD_TURNED),
        Bound("lids", LEAST_LIDS, None, Finding.EYES_CLOSED, None),
        Bound("lips", None, MOST_LIPS, None, Finding.MOUTH_OPEN),
        Bound("glare", None, MOST_GLARE, None, Finding.GLASSES_GLARE),
        Bound("light", DARKEST_FACE, None, Finding.FACE_DARK, None),
        Bound("burnt", None, MOST_BURNT, None, Finding.FACE_BURNT),
        Bound("sharpness", SOFTEST_FACE, None, Finding.PICTURE_BLURRED, None),
        Bound("colour", LEAST_COLOUR, None, Finding.PHOTO_GREY, None),
        Bound("background", DARKEST_BACKGROUND, None, Finding.BACKGROUND_DARK, None),
        Bound("shades", None, MOST_SHADES, None, Finding.BACKGROUND_UNEVEN),
        Bound("age", None, round(asked.months * DAYS_OF_MONTH), None, Finding.PHOTO_OLD, whole_face=False),
        Bound("bytes", None, most_bytes, None, Finding.PHOTO_HEAVY, whole_face=False),
    ]  # fmt: skip


WITHOUT_FACE = [
    Bound("brightness", DARKEST, BRIGHTEST, Finding.PICTURE_DARK, Finding.PICTURE_BRIGHT, whole_face=False),
    Bound("sharpness", SOFTEST, None, Finding.PICTURE_BLURRED, None, whole_face=False),
]
BY_FACES = (Finding.NO_FACE, Finding.SEVERAL_FACES, Finding.PHOTO_ON_ITS_SIDE, Finding.HEAD_CUT)


def figures_of(measures: Mapping[str, Any], size: int) -> dict[str, float]:
    """Return what was measured, with what follows from it."""
    width, height = measures["width"], measures["height"]
    weight = {"bytes": size} if size else {}
    return {**measures, "shortest": min(width, height), "shape": width / height, **weight}


def of_photo(measures: Mapping[str, Any], asked: Specification, size: int) -> list[dict[str, Any]]:
    """Return the findings about a photo, each with the figure and the limits that it passed."""
    figures = figures_of(measures, size)
    return [*_of_faces(figures), *_of_bounds(figures, asked)]


def _of_faces(figures: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Yield what is wrong before a single head can be measured."""
    faces = figures.get("faces")
    if faces == 0:
        turned = figures.get("turned")
        yield (
            {"code": Finding.PHOTO_ON_ITS_SIDE.value, "degrees": turned}
            if turned
            else {"code": Finding.NO_FACE.value}
        )
    elif faces is not None and faces > 1:
        yield {"code": Finding.SEVERAL_FACES.value, "faces": faces}
    if figures.get("cut"):
        yield {"code": Finding.HEAD_CUT.value}


def _of_bounds(figures: Mapping[str, float], asked: Specification) -> Iterator[dict[str, Any]]:
    alone = figures.get("faces") == 1
    applying = [bound for bound in bounds(asked) if alone or not bound.whole_face]
    for bound in applying if alone else applying + WITHOUT_FACE:
        code = bound.judged(figures[bound.measure]) if bound.measure in figures else None
        if code:
            yield {"code": code.value, **told(bound, code, figures, asked)}


def told(bound: Bound, code: Finding, figures: Mapping[str, float], asked: Specification) -> dict[str, Any]:
    """Return the figures that the words about a finding need."""
    value, limit = figures[bound.measure], bound.low if code == bound.below else bound.high
    if code in (Finding.PICTURE_SMALL, Finding.PHOTO_RATIO):
        sides = {"width": figures["width"], "height": figures["height"]}
        shape = {"wide": asked.size[0], "high": asked.size[1]}
        return {**sides, "limit": limit} if code == Finding.PICTURE_SMALL else {**sides, **shape}
    if code in (Finding.HEAD_TILTED, Finding.HEAD_TURNED):
        return {"degrees": abs(value), "limit": limit}
    if bound.low is not None and bound.high is not None:
        return {bound.measure: value, "low": bound.low, "high": bound.high}
    return {bound.measure: value, "limit": limit}


ANY = Specification("", (1, 1), 0, 0, (0, 0), (0, 0), 0)
JUDGED = frozenset({
    *BY_FACES,
    *(code for bound in [*bounds(ANY), *WITHOUT_FACE] for code in (bound.below, bound.above) if code),
})  # fmt: skip
