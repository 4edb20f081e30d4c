"""From the recogniser's scores to lines, with what the format knows.

A line has exactly 44, 36 or 30 characters, and each position an alphabet of its own. The forward-
backward algorithm of CTC over exactly that many positions gives, for every position and character,
the probability that it stands there, summed over all ways the frames can be read. Several looks at
the same line (cut a little differently) are multiplied position by position.
"""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from consular.documents.reading.arrays import Array, Scores
from consular.documents.reading.recogniser import BLANK, CHARACTERS

LETTERS = frozenset(string.ascii_uppercase)
DIGITS = frozenset(string.digits)
FILLER = frozenset("<")
ANY = LETTERS | DIGITS | FILLER

# What may stand where: (characters, how many positions) in turn.
NAMES = LETTERS | FILLER
CODE = ((NAMES, 1), (LETTERS, 1), (NAMES, 2))  # after the first letter
DATES = ((DIGITS | FILLER, 6), (DIGITS, 1), ("MF<X", 1), (DIGITS | FILLER, 6), (DIGITS, 1))
STATE = ((LETTERS, 1), (NAMES, 2))
LAYOUTS = {
    "TD3": (
        (("P", 1), *CODE, (NAMES, 39)),
        ((ANY, 9), (DIGITS, 1), *STATE, *DATES, (ANY, 14), (DIGITS | FILLER, 1), (DIGITS, 1)),
    ),
    "MRV-A": (
        (("V", 1), *CODE, (NAMES, 39)),
        ((ANY, 9), (DIGITS, 1), *STATE, *DATES, (ANY, 16)),
    ),
    "TD2": (
        (("ICA", 1), *CODE, (NAMES, 31)),
        ((ANY, 9), (DIGITS | FILLER, 1), *STATE, *DATES, (ANY, 7), (DIGITS, 1)),
    ),
    "MRV-B": (
        (("V", 1), *CODE, (NAMES, 31)),
        ((ANY, 9), (DIGITS, 1), *STATE, *DATES, (ANY, 8)),
    ),
    "TD1": (
        (("ICA", 1), *CODE, (ANY, 9), (DIGITS | FILLER, 1), (ANY, 15)),
        (*DATES, *STATE, (ANY, 11), (DIGITS, 1)),
        ((NAMES, 30),),
    ),
}
LENGTHS = {name: sum(count for _, count in lines[0]) for name, lines in LAYOUTS.items()}
FLOOR = 1e-7  # no character is thought less likely than this by one look


@dataclass(frozen=True)
class Line:
    """One line as read: for every position the probability of every character of CHARACTERS."""

    chances: Array  # (positions, 37), each row sums to 1
    likelihood: float  # log-probability a frame that this many characters of this layout stand there

    @property
    def text(self) -> str:
        return "".join(CHARACTERS[best] for best in self.chances.argmax(axis=1))

    @property
    def certainty(self) -> Array:
        """For every position the probability of its best character."""
        best: Array = self.chances.max(axis=1)
        return best

    def others(self, least: float) -> Iterator[tuple[int, str, float]]:
        """(position, another character, its odds against the best) for all above `least`."""
        odds = self.chances / self.chances.max(axis=1, keepdims=True)
        for position, character in np.argwhere((odds >= least) & (odds < 1)):
            yield int(position), CHARACTERS[character], float(odds[position, character])


def greedy(scores: Scores) -> str:
    """Return the text of one line's scores without any knowledge of the format."""
    best = scores.argmax(axis=1)
    kept = best[np.insert(best[1:] != best[:-1], 0, True)]
    return "".join(CHARACTERS[number - 1] for number in kept if number != BLANK)


def first_and_last(scores: Scores) -> tuple[float, float]:
    """Tell the frames in which the first and the last character are seen; the whole if none is."""
    seen = np.flatnonzero(scores.argmax(axis=1) != BLANK)
    return (float(seen[0]), float(seen[-1])) if len(seen) else (0.0, float(len(scores)))


def mask(layout: Sequence[tuple[frozenset[str] | str, int]]) -> Array:
    """1 where a position may hold a character, else 0: (positions, 37)."""
    rows = []
    for allowed, count in layout:
        rows += [[character in allowed for character in CHARACTERS]] * count
    return np.array(rows, np.float64)


def decode(looks: Sequence[Scores], allowed: Array) -> Line:
    """One line from several looks at it (log-probabilities of frames), by the mask of its layout."""
    chances, likelihoods = zip(*(posteriors(scores, allowed) for scores in looks), strict=True)
    mean = np.exp(np.mean([np.log(np.maximum(one, FLOOR)) for one in chances], axis=0)) * allowed
    return Line(mean / mean.sum(axis=1, keepdims=True), float(np.mean(likelihoods)))


def posteriors(scores: Scores, allowed: Array) -> tuple[Array, float]:
    """(probability of each character at each position, log-likelihood a frame)."""
    blank = np.exp(scores[:, BLANK].astype(np.float64))
    emit = np.maximum(np.exp(scores[:, 1:].astype(np.float64)), 1e-12)
    forward, ahead, likelihood = sweep(blank, emit, allowed)
    backward, behind, _ = sweep(blank[::-1], emit[::-1], allowed[::-1])
    scale = np.exp(np.minimum(ahead + behind[::-1] - likelihood, 700))
    shown = forward * backward[::-1, ::-1] / emit[:, None] * scale[:, None, None]
    total = shown.max(axis=0) + 1e-12 * allowed
    return total / total.sum(axis=1, keepdims=True), likelihood / len(scores)


def sweep(blank: Array, emit: Array, allowed: Array) -> tuple[Array, Array, float]:
    """CTC's forward variables: (characters shown, log scale of each frame, log-likelihood).

    States: position k shows character c, or the gap before position k. The same character twice
    needs a gap between. What is returned for a frame is scaled to sum to 1 with the gaps.
    """
    shown: Array = np.zeros((len(allowed), emit.shape[1]))
    gap: Array = np.zeros(len(allowed) + 1)
    gap[0] = 1.0
    history, scales = np.empty((len(emit), *shown.shape)), np.zeros(len(emit))
    for frame, (nothing, characters) in enumerate(zip(blank, emit, strict=True)):
        shown, gap = step(shown, gap, nothing, characters * allowed)
        scales[frame] = shown.sum() + gap.sum()
        shown /= max(scales[frame], 1e-300)
        gap /= max(scales[frame], 1e-300)
        history[frame] = shown
    ahead = np.cumsum(np.log(np.maximum(scales, 1e-300)))
    return history, ahead, float(ahead[-1] + np.log(max(shown[-1].sum() + gap[-1], 1e-300)))


def step(shown: Array, gap: Array, blank: float, emit: Array) -> tuple[Array, Array]:
    """One frame of `sweep`, not scaled."""
    sums = shown.sum(axis=1)
    arriving = shown + gap[:-1, None]
    arriving[1:] += sums[:-1, None] - shown[:-1]
    after = gap.copy()
    after[1:] += sums
    return np.maximum(arriving, 0) * emit, after * blank
