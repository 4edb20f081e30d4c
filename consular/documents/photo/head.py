"""Where the head stands: chin and eyes are points of the mesh, the crown is where the person ends above the face."""

import math
from dataclasses import dataclass

import numpy as np

from consular.documents.photo.networks import SIDE_OF_PERSON, Array, Picture, person

# Points of the mesh, as MediaPipe numbers them
CHIN, FOREHEAD = 152, 10
SIDES = (234, 454)
EYES = ((33, 133), (362, 263))  # corners, the person's right eye first

VIEW = 2.6  # side of the square in which the person is looked for, in heights of the face
MIDDLE = 0.4  # of it, from the forehead to the chin
SURE = 0.5
NARROWEST = 0.12  # of the face's width: what is thinner on top of a head is a lock of hair or a mistake
CROWNS = (0.6, 2.0)  # from the eyes to the crown, as shares of eyes to chin, that heads have
BELOW = 1.035  # the mesh ends a little above the chin that people mark: training/photo/README.md
EDGE = 0.004  # of the picture's height: as near as this, the head is cut


@dataclass(frozen=True)
class Silhouette:
    """A square of the picture, what is seen there, and how surely each of its pixels is a person."""

    seen: Picture
    chances: Array
    left: float
    top: float
    scale: float  # pixels of the picture for one of these


@dataclass(frozen=True)
class Head:
    """Rows in pixels; `crown` is None where nobody can tell where the head ends above."""

    crown: float | None
    eyes: float
    chin: float
    is_cut: bool  # by the picture's upper edge


def head_of(picture: Picture, points: Array, around: Silhouette) -> Head:
    """Measure a head of which the mesh and the silhouette are known."""
    eyes = float(np.mean([points[list(corners), 1].mean() for corners in EYES]))
    chin = eyes + BELOW * (float(points[CHIN, 1]) - eyes)
    crown = crown_of(points, around)
    if crown is None or not CROWNS[0] <= (eyes - crown) / max(1.0, chin - eyes) <= CROWNS[1]:
        return Head(None, eyes, chin, is_cut=crown is not None and crown <= EDGE * picture.shape[0])
    return Head(max(0.0, crown), eyes, chin, is_cut=crown <= EDGE * picture.shape[0])


def silhouette(picture: Picture, points: Array) -> Silhouette:
    """Look for the person around a face."""
    brow, chin = points[FOREHEAD, :2], points[CHIN, :2]
    side = VIEW * float(np.linalg.norm(chin - brow))
    x, y = brow + MIDDLE * (chin - brow)
    left, top = float(x) - side / 2, float(y) - side / 2
    seen, chances = person(picture, left, top, side)
    return Silhouette(seen, chances, left, top, side / SIDE_OF_PERSON)


def crown_of(points: Array, around: Silhouette) -> float | None:
    """Return the row in which the person over the face begins; None where they reach out of view or are not seen."""
    columns = (points[list(SIDES), 0] - around.left) / around.scale
    first, last = int(max(0, columns.min())), int(min(SIDE_OF_PERSON, columns.max() + 1))
    brow = int(np.clip((points[FOREHEAD, 1] - around.top) / around.scale, 1, SIDE_OF_PERSON - 1))
    breadth = max(1, round(NARROWEST * (last - first)))
    if last - first <= breadth or around.chances[brow, first:last].mean() < SURE:
        return None
    rows = np.sort(around.chances[: brow + 1, first:last], axis=1)[:, -breadth]
    empty = np.flatnonzero(rows < SURE)
    if not len(empty):
        return None
    above = int(empty[-1])
    share = (SURE - rows[above]) / max(1e-6, float(rows[above + 1] - rows[above])) if above < brow else 0.0
    return around.top + (above + 0.5 + float(share)) * around.scale


def roll(points: Array) -> float:
    """Return how far the eyes are turned from level, in degrees, clockwise as one sees the picture."""
    one, other = (points[list(corners), :2].mean(axis=0) for corners in EYES)
    return math.degrees(math.atan2(other[1] - one[1], other[0] - one[0]))


def yaw(points: Array) -> float:
    """Return how far the face looks to a side, in degrees: what is nearer of a face stands deeper in the mesh."""
    one, other = points[SIDES[0]], points[SIDES[1]]
    across = float(np.hypot(*(other[:2] - one[:2])))
    return math.degrees(math.atan2(float(other[2] - one[2]), across))
