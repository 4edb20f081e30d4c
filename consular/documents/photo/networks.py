"""Four small networks that see people, run by OpenCV on one thread. Where they come from: training/photo/README.md.

Pictures are arrays of RGB, uint8; what is returned is in the pixels of the picture that was handed in.
"""

import math
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
DETECTOR, MESH, EYE, PERSON = (
    HERE / f"{name}.tflite" for name in ("face_detector", "face_mesh", "eye", "person")
)

SIDE_OF_DETECTOR, SIDE_OF_MESH, SIDE_OF_EYE, SIDE_OF_PERSON = 128, 192, 64, 256
ANCHORS = ((16, 2), (8, 6))  # cells a side, boxes a cell
PROBABLY = 0.5
POINTS = 468  # of the mesh, three numbers each
ROOM = 1.5  # how much more than the face the mesh looks at
ROOM_OF_EYE = 2.3  # and the eye's network, in widths of the eye
SAME = 0.3  # overlap from which two boxes are one face

Picture = NDArray[Any]
Array = NDArray[Any]


@dataclass(frozen=True)
class Face:
    """A box around brows, chin and cheeks, with the two eyes; `score` is a probability."""

    score: float
    centre: tuple[float, float]
    side: float
    eyes: tuple[tuple[float, float], tuple[float, float]]

    @property
    def angle(self) -> float:
        """Return how far the line between the eyes is turned from level, in radians, clockwise."""
        (left, above), (right, below) = self.eyes
        return math.atan2(below - above, right - left)


_loaded = threading.local()


def network(model: Path) -> Any:
    """Return a network, loaded once a thread: a network answers one question at a time."""
    known = vars(_loaded)
    if model.name not in known:
        cv2.setNumThreads(1)
        known[model.name] = cv2.dnn.readNetFromTFLite(str(model))
    return known[model.name]


def run(model: Path, picture: Picture, output: list[str], *, low: float = 0.0) -> list[Array]:
    """Return a network's answers about a picture of its size; values are scaled to `low` … 1."""
    net = network(model)
    scaled = picture.astype(np.float32) / 255 * (1 - low) + low
    net.setInput(np.ascontiguousarray(scaled.transpose(2, 0, 1)[None]))
    return [net.forward(name) for name in output]


# Finding faces


def faces(picture: Picture) -> list[Face]:
    """Return the faces, the surest first: those in the whole picture, then smaller ones in overlapping quarters."""
    height, width = picture.shape[:2]
    found = _faces_in(picture, 0, 0, max(height, width))
    half = max(2, max(height, width) // 2)
    for top in range(0, max(1, height - half // 2), half // 2):
        for left in range(0, max(1, width - half // 2), half // 2):
            found += _faces_in(picture[top : top + half, left : left + half], left, top, half)
    return _without_repeats(found)


def _faces_in(part: Picture, left: int, top: int, side: int) -> list[Face]:
    """Return the faces in a part of a picture that begins at `left` and `top`, seen as a square of `side`."""
    height, width = part.shape[:2]
    scale = SIDE_OF_DETECTOR / side
    square = np.zeros((SIDE_OF_DETECTOR, SIDE_OF_DETECTOR, 3), np.uint8)
    small = cv2.resize(
        part, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    square[: small.shape[0], : small.shape[1]] = small
    boxes, scores = run(DETECTOR, square, ["regressors", "classificators"], low=-1.0)
    chances = 1 / (1 + np.exp(-np.clip(scores.ravel(), -50, 50)))
    kept = np.flatnonzero(chances > PROBABLY)
    places = boxes.reshape(-1, 8, 2)[kept] / scale
    places[:, [0, 2, 3, 4, 5, 6, 7]] += anchors()[kept][:, None] * side
    places[:, [0, 2, 3, 4, 5, 6, 7]] += (left, top)
    return [
        Face(float(chance), tuple(place[0]), float(place[1].max()), (tuple(place[2]), tuple(place[3])))
        for chance, place in zip(chances[kept], places, strict=True)
    ]


@lru_cache(maxsize=1)
def anchors() -> Array:
    """Return the middles of the detector's boxes, as shares of its side."""
    rows = []
    for cells, boxes in ANCHORS:
        y, x = np.mgrid[0:cells, 0:cells]
        rows.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), boxes, axis=0) / cells + 0.5 / cells)
    return np.concatenate(rows)


def _without_repeats(found: list[Face]) -> list[Face]:
    """Return each face once, as it was seen surest."""
    kept: list[Face] = []
    for face in sorted(found, key=lambda each: -each.score):
        if all(_overlap(face, other) < SAME for other in kept):
            kept.append(face)
    return kept


def _overlap(one: Face, other: Face) -> float:
    """Return the common area as a share of the smaller box: half a face is the same face."""
    across, down = (
        min(one.centre[axis] + one.side / 2, other.centre[axis] + other.side / 2)
        - max(one.centre[axis] - one.side / 2, other.centre[axis] - other.side / 2)
        for axis in (0, 1)
    )
    return max(0.0, across) * max(0.0, down) / max(1.0, min(one.side, other.side) ** 2)


# Points of a face


def mesh(picture: Picture, face: Face) -> tuple[Array, float]:
    """Return the face's POINTS as (x, y, z), and the probability that it is a face at all."""
    points, score = _mesh(picture, face.centre, face.side * ROOM, face.angle)
    middle, side, angle = _frame_of(points)
    again, better = _mesh(picture, middle, side * ROOM, angle)
    return (again, better) if better >= score - 0.1 else (points, score)


def _frame_of(points: Array) -> tuple[tuple[float, float], float, float]:
    """Return middle, side and angle of the square around a mesh."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    across = points[263, :2] - points[33, :2]
    middle = (low + high) / 2
    return (float(middle[0]), float(middle[1])), float((high - low).max()), math.atan2(across[1], across[0])


def _mesh(picture: Picture, middle: tuple[float, float], side: float, angle: float) -> tuple[Array, float]:
    to_picture = _turned_square(middle, side, angle, SIDE_OF_MESH)
    cut = cut_out(picture, to_picture, SIDE_OF_MESH)
    raw, score = run(MESH, cut, ["conv2d_21", "conv2d_31"])
    points = raw.reshape(POINTS, 3)
    flat = points[:, :2] @ to_picture[:, :2].T + to_picture[:, 2]
    deep = points[:, 2:] * (side / SIDE_OF_MESH)
    return np.hstack([flat, deep]), float(1 / (1 + np.exp(-score.ravel()[0])))


def _turned_square(middle: tuple[float, float], side: float, angle: float, pixels: int) -> Array:
    """Return the 2 × 3 matrix from a square of so many `pixels` to its place in the picture."""
    scale = side / pixels
    cosine, sine = math.cos(angle) * scale, math.sin(angle) * scale
    x = middle[0] - (cosine - sine) * pixels / 2
    y = middle[1] - (sine + cosine) * pixels / 2
    return np.array([[cosine, -sine, x], [sine, cosine, y]])


def cut_out(picture: Picture, to_picture: Array, pixels: int, border: int = cv2.BORDER_CONSTANT) -> Picture:
    """Return the square that `to_picture` describes; what lies outside the picture is black, or as `border` says."""
    scale = float(np.hypot(to_picture[0, 0], to_picture[1, 0]))
    if scale > 2:  # noqa: PLR2004 - sampling would skip pixels: look at a smaller picture
        picture = cv2.resize(picture, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
        to_picture = to_picture / scale
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(picture, to_picture, (pixels, pixels), flags=flags, borderMode=border)


def eye(picture: Picture, one: Array, other: Array, *, mirrored: bool) -> Array:
    """Return the outline of an eye of which the corners are known; the network knows eyes of one side only."""
    across = other - one
    side = ROOM_OF_EYE * max(1.0, float(np.hypot(*across)))
    x, y = (one + other) / 2
    place = _turned_square((float(x), float(y)), side, math.atan2(across[1], across[0]), SIDE_OF_EYE)
    cut = cut_out(picture, place, SIDE_OF_EYE)
    outline: Array = run(EYE, cut[:, ::-1] if mirrored else cut, ["output_eyes_contours_and_brows"])[0]
    return outline.reshape(-1, 3)[:, :2]


# Person and background


def person(picture: Picture, left: float, top: float, side: float) -> tuple[Picture, Array]:
    """Return a square of the picture, and how surely each of its pixels is a person; SIDE_OF_PERSON a side."""
    place = _turned_square((left + side / 2, top + side / 2), side, 0.0, SIDE_OF_PERSON)
    seen = cut_out(picture, place, SIDE_OF_PERSON, cv2.BORDER_REPLICATE)
    return seen, run(PERSON, seen, ["activation_10"])[0][0, 0]
