"""One place in a picture read as a zone: which way up, which layout, and its lines decoded."""

import math
from dataclasses import dataclass, field

import numpy as np

from consular.documents.reading import decoding, recogniser
from consular.documents.reading.arrays import Grey, Scores
from consular.documents.reading.decoding import LAYOUTS, LENGTHS, Line
from consular.documents.reading.strips import Baselines, Look, cut_line, place_of_frame

LOOKS = (Look(), Look(0.88, 0.15), Look(1.14, -0.15), Look(1.04, 0.3), Look(0.95, -0.3))
BOTH = (-0.5, 0.5)  # where two lines stand, in leadings from their middle
MOST_MISSING = 6  # characters by which the first sight may differ from a layout's length
TEXT = -0.25  # log-likelihood a frame below which what stands there is no zone
FEWEST_FILLERS = 3  # in a zone's lines
SURE = -0.35  # mean log-probability of the characters at first sight below which it is no zone


@dataclass(frozen=True)
class Attempt:
    """How one place reads."""

    baselines: Baselines
    layout: str  # a name of LAYOUTS, or "" when the lines have no format's length
    places: tuple[float, ...]  # of the lines, in leadings from the zone's middle
    ends: tuple[float, float]  # middles of the first and the last character, mm along
    lines: tuple[Line, ...] = field(repr=False)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)

    @property
    def likelihood(self) -> float:
        """Log-probability a frame of the least likely line."""
        return min((line.likelihood for line in self.lines), default=-math.inf)

    @property
    def confidence(self) -> float:
        """Probability of the least certain character."""
        return min((float(line.certainty.min()) for line in self.lines), default=0.0)


def read_zone(grey: Grey, lines: Baselines) -> Attempt | None:
    """Read what stands at a place, in the direction that reads better; None where no zone does.

    A zone whose lines have no format's length, cut off perhaps, is an attempt without lines.
    """
    lines, scores = better_direction(grey, lines)
    texts = [decoding.greedy(one) for one in scores]
    if sureness(scores) < SURE or "".join(texts).count("<") < FEWEST_FILLERS:
        return None
    count = round(float(np.median([len(text) for text in texts])))
    length = min(set(LENGTHS.values()), key=lambda known: abs(known - count))
    if abs(length - count) <= MOST_MISSING:
        places = lines_of_card(grey, lines) if length == LENGTHS["TD1"] else BOTH
        attempt = decoded(grey, lines, places, length)
        if attempt.likelihood > TEXT:
            return attempt
    return Attempt(lines, "", BOTH, ends_of(lines, scores), ())


def better_direction(grey: Grey, lines: Baselines) -> tuple[Baselines, list[Scores]]:
    """Find the direction in which the network is surer, with its scores of both lines there."""
    ways = (lines, lines.turned())
    scores = recogniser.recognise([cut_line(grey, way, place, LOOKS[0]) for way in ways for place in BOTH])
    if sureness(scores[:2]) >= sureness(scores[2:]):
        return ways[0], scores[:2]
    return ways[1], scores[2:]


def sureness(scores: list[Scores]) -> float:
    """Average the log-probability of the characters seen; few characters count against it."""
    surest = [one.max(axis=1)[one.argmax(axis=1) != recogniser.BLANK] for one in scores]
    seen = np.concatenate(surest)
    return float(seen.mean() - 4 / len(seen)) if len(seen) else -100.0


def lines_of_card(grey: Grey, lines: Baselines) -> tuple[float, ...]:
    """Find TD1's third line, above or below the two that were found."""
    cuts = [cut_line(grey, lines, place, LOOKS[0]) for place in (-1.5, 1.5)]
    above, below = (sureness([scores]) for scores in recogniser.recognise(cuts))
    return (-1.5, *BOTH) if above > below else (*BOTH, 1.5)


def decoded(grey: Grey, lines: Baselines, places: tuple[float, ...], length: int) -> Attempt:
    """Decode all lines from several looks each."""
    cuts = [cut_line(grey, lines, place, look) for place in places for look in LOOKS]
    scores = recogniser.recognise(cuts)
    looks = [scores[n * len(LOOKS) : (n + 1) * len(LOOKS)] for n in range(len(places))]
    layout = layout_of(looks[0], length)
    read = [
        decoding.decode(seen, decoding.mask(allowed))
        for seen, allowed in zip(looks, LAYOUTS[layout], strict=True)
    ]
    return Attempt(lines, layout, places, ends_of(lines, [seen[0] for seen in looks]), tuple(read))


def ends_of(lines: Baselines, scores: list[Scores]) -> tuple[float, float]:
    """Tell where (mm along) the longest line's first and last character stand."""
    frames = [decoding.first_and_last(one) for one in scores]
    first, last = min(first for first, _ in frames), max(last for _, last in frames)
    return place_of_frame(lines, first), place_of_frame(lines, last)


def layout_of(looks: list[Scores], length: int) -> str:
    """Tell the layout of this length by the first character of the first line."""
    names = [name for name, known in LENGTHS.items() if known == length]
    first = [decoding.greedy(scores)[:1] for scores in looks]
    visa = first.count("V") > len(first) / 2
    return next((name for name in names if name.startswith("MRV") == visa), names[0])
