"""Lines over a portrait: where head and eyes stand, and where they should. All in pixels of the drawing, for SVG."""

from collections.abc import Mapping
from dataclasses import dataclass

from consular.documents.photo.specifications import Specification

EXAMPLE_HEIGHT = 450  # of the drawn example, in units of its own
HEAD_BY_HEIGHT = 0.74  # a head's width by its height
EYES_IN_HEAD = 0.5  # from the chin up
LOWEST_CHIN, HIGHEST_CROWN = 0.94, 0.03  # of the height


@dataclass(frozen=True)
class Band:
    """A stretch from `top` down."""

    top: float
    height: float


@dataclass(frozen=True)
class Lines:
    """The drawing's size; rows of crown, eyes and chin (None: not measured), the target bands, the bar beside the head."""

    width: float
    height: float
    crown: float | None
    eyes: float
    chin: float
    eyes_wanted: Band
    crown_wanted: Band

    @property
    def stroke(self) -> float:
        return max(self.width, self.height) / 200

    @property
    def halo(self) -> float:
        """The light edge that shows a line on any picture."""
        return 2.2 * self.stroke

    @property
    def dash(self) -> str:
        return f"{4 * self.stroke:.1f} {3 * self.stroke:.1f}"

    @property
    def bar(self) -> float:
        """The column of the bar from crown to chin."""
        return self.width * 0.06


def over(measures: Mapping[str, float], asked: Specification, width: int, height: int) -> Lines | None:
    """Return the lines over a picture of this size; None where no single face was measured."""
    if "eyes" not in measures or "chin" not in measures:
        return None
    eyes, chin = (measures[name] * height / 100 for name in ("eyes", "chin"))
    crown = measures["crown"] * height / 100 if "crown" in measures else None
    return Lines(width, height, crown, eyes, chin, *_wanted(asked, chin, height))


def _wanted(asked: Specification, chin: float, height: float) -> tuple[Band, Band]:
    """Return where the eyes should be, and where the crown should be above a chin that stays where it is."""
    low, high = (share * height / 100 for share in asked.eyes)
    least, most = (share * height / 100 for share in asked.head)
    top = max(0.0, chin - most)
    return Band(height - high, high - low), Band(top, max(0.0, chin - least - top))


@dataclass(frozen=True)
class Example:
    """A head drawn where a specification wants it: an oval from crown to chin, half as wide as `across` to each side."""

    lines: Lines
    middle: float
    head_middle: float
    across: float
    down: float

    @property
    def shoulders(self) -> float:
        return 1.9 * self.across

    @property
    def shoulders_high(self) -> float:
        return max(10.0, self.lines.height - self.lines.chin - 0.12 * self.down)

    @property
    def neck(self) -> float:
        return self.middle - self.across / 2

    @property
    def neck_high(self) -> float:
        return self.lines.height - self.head_middle

    @property
    def eye_columns(self) -> tuple[float, float]:
        return self.middle - 0.4 * self.across, self.middle + 0.4 * self.across

    @property
    def eye_wide(self) -> float:
        return 0.17 * self.across

    @property
    def eye_high(self) -> float:
        return 0.09 * self.across

    @property
    def hair(self) -> str:
        """A cap over the head: up to the oval's top, down to the brows at the sides."""
        left, right = self.middle - self.across, self.middle + self.across
        side, brow = self.head_middle - 0.05 * self.down, self.head_middle - 0.75 * self.down
        above = self.head_middle - 1.33 * self.down  # where the curve's handles must be to reach the top
        return (
            f"M{left:.1f} {side:.1f} C{left:.1f} {above:.1f} {right:.1f} {above:.1f} {right:.1f} {side:.1f} "
            f"Q{self.middle:.1f} {brow:.1f} {left:.1f} {side:.1f}Z"
        )

    @property
    def mouth(self) -> str:
        row = self.lines.chin - 0.42 * self.down
        return f"M{self.middle - 0.25 * self.across:.1f} {row:.1f} h{0.5 * self.across:.1f}"


def example(asked: Specification) -> Example:
    """Return the drawing of a photo as it should be."""
    height, width = float(EXAMPLE_HEIGHT), EXAMPLE_HEIGHT * asked.shape
    tall = sum(asked.head) / 200 * height
    eyes = height - sum(asked.eyes) / 200 * height
    chin = min(eyes + EYES_IN_HEAD * tall, height * LOWEST_CHIN)
    crown = max(chin - tall, height * HIGHEST_CROWN)
    lines = Lines(width, height, crown, eyes, chin, *_wanted(asked, chin, height))
    return Example(
        lines, width / 2, (crown + chin) / 2, HEAD_BY_HEIGHT * (chin - crown) / 2, (chin - crown) / 2
    )
