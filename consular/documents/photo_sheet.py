"""What one photo measures: the rows of a table and the lines over the picture, for applicant and officer."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext

from consular.documents import explain, findings, photo_rules, photo_words
from consular.documents.findings import Bound
from consular.documents.models import Document
from consular.documents.photo import drawing
from consular.documents.photo.drawing import Example, Lines
from consular.documents.photo.specifications import Specification
from consular.documents.status import Kind

FINE, LOOK, UNKNOWN = "green", "yellow", "grey"  # colours of the tags
KILO = 1000


@dataclass(frozen=True)
class Row:
    """One measure: what it is called, what was measured, what is asked for, and what follows."""

    label: str
    measured: str
    asked: str
    verdict: str
    colour: str


@dataclass(frozen=True)
class Asked:
    """What a mission asks of a photo, as a drawing and in figures."""

    specification: Specification

    @cached_property
    def example(self) -> Example:
        return drawing.example(self.specification)

    @cached_property
    def legend(self) -> dict[str, str]:
        """Return the figures of the words beside a drawing."""
        asked = self.specification
        figures = {
            "wide": asked.size[0], "high": asked.size[1], "head_low": asked.head[0], "head_high": asked.head[1],
            "eyes_low": asked.eyes[0], "eyes_high": asked.eyes[1],
        }  # fmt: skip
        return {name: explain.figure(value) for name, value in figures.items()}

    @property
    def title_of_example(self) -> str:
        return (
            gettext(
                "A drawing: the head fills %(head_low)s to %(head_high)s percent of the height, "
                "the eyes are at %(eyes_low)s to %(eyes_high)s percent from below."
            )
            % self.legend
        )


@dataclass(frozen=True)
class Sheet(Asked):
    """What a photo measures against what was asked of it."""

    document: Document

    @classmethod
    def of(cls, document: Document) -> "Sheet | None":
        """Return the sheet of a photo that was measured; None for any other document."""
        if document.kind != Kind.PHOTO or not document.is_clean or "faces" not in document.fields:
            return None
        return cls(photo_rules.measured_against(document), document)

    @cached_property
    def figures(self) -> dict[str, float]:
        return findings.figures_of(self.document.fields, self.document.size or 0)

    @cached_property
    def lines(self) -> Lines | None:
        """Return the lines over the page that was measured; none where it has been turned or left out since."""
        pages = self.document.pages.all()
        page = next(
            (each for each in pages if each.number == 1 and not (each.turned or each.is_dropped)), None
        )
        if page is None:
            return None
        return drawing.over(self.document.fields, self.specification, page.width, page.height)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            self._faces(),
            *(self._row(bound) for bound in findings.bounds(self.specification) if self._applies(bound)),
        ]

    @property
    def title(self) -> str:
        """What the lines say, for who cannot see them."""
        head = self.figures.get("head")
        if head is None:
            return gettext("The photo with a line at the eyes. The height of the head was not measured.")
        told = {"head": explain.figure(head), "eyes": explain.figure(self.figures["eye_line"])}
        return (
            gettext(
                "The photo with lines: the head fills %(head)s percent of the height, the eyes are at %(eyes)s percent from below."
            )
            % told
        )

    def _applies(self, bound: Bound) -> bool:
        """Tell whether a measure belongs into the table: what has a limit, and age only where it is known."""
        limited = bound.low is not None or bound.high is not None
        return limited and (bound.measure in self.figures or bound.measure not in ("age", "bytes"))

    def _faces(self) -> Row:
        count = int(self.figures["faces"])
        good = count == 1
        return Row(
            str(photo_words.LABELS["faces"]),
            explain.figure(count),
            explain.figure(1),
            _verdict(good),
            FINE if good else LOOK,
        )

    def _row(self, bound: Bound) -> Row:
        label, asked = str(photo_words.LABELS[bound.measure]), asked_in_words(bound)
        value = self.figures.get(bound.measure) if self._is_measured(bound) else None
        if value is None:
            return Row(label, gettext("not measured"), asked, gettext("Not measured"), UNKNOWN)
        good = bound.judged(value) is None
        return Row(label, in_words(bound.measure, value), asked, _verdict(good), FINE if good else LOOK)

    def _is_measured(self, bound: Bound) -> bool:
        return not bound.whole_face or self.figures["faces"] == 1


def _verdict(good: bool) -> str:  # noqa: FBT001 - the one thing it says
    return gettext("Fine") if good else gettext("Look again")


def in_words(measure: str, value: float) -> str:
    """Return a figure with its unit."""
    unit = photo_words.UNITS.get(measure)
    if measure == "shape":
        return explain.figure(value, decimals=2)
    written = explain.figure(value / KILO if measure == "bytes" else value)
    return str(unit) % {"figure": written} if unit else written


def asked_in_words(bound: Bound) -> str:
    """Return what a figure may be."""
    low, high = (
        None if limit is None else in_words(bound.measure, limit) for limit in (bound.low, bound.high)
    )
    if low is not None and high is not None:
        if low == high:
            return low
        if bound.low == -(bound.high or 0):
            return gettext("at most %(limit)s to either side") % {"limit": high}
        return gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None:
        return gettext("at least %(limit)s") % {"limit": low}
    return gettext("at most %(limit)s") % {"limit": high}
