"""Everything that is measured on a portrait: pixels in, figures by name out. What could not be measured is left out.

faces           how many faces there are
turned          degrees by which the picture must be turned, clockwise, before a face can be seen
crown, eyes, chin   rows, from the top, in percent of the picture's height; `middle` the face's column, of its width
head            crown to chin, in percent of the height
eye_line        the eyes' height over the lower edge, in percent
eye_pixels      between the middles of the eyes
roll, yaw       degrees, clockwise and to the right as one sees the picture
cut             1 if the upper edge cuts the head
background      the background's lightness (L* of CIELAB, 0 to 100); `shades` between its 5th and 95th percentile
light           the lightness of the face's brightest twentieth: it tells light from dark for every skin
burnt           percent of the face that is white for lack of anything else
colour          the face's chroma
sharpness       of the face: the weight of its finest details against coarser ones, in percent
lids, lips      how far eyes and mouth are open, in percent of their widths
glare           the largest white spot by an eye, in percent of the square over the eye's width
"""

import math

import cv2
import numpy as np
from PIL import Image

from consular.documents.photo.focus import crispness
from consular.documents.photo.head import CHIN, EYES, SIDES, Silhouette, head_of, roll, silhouette, yaw
from consular.documents.photo.networks import Array, Face, Picture, eye, faces, mesh

WHOLE = frozenset({"faces", "cut", "eye_pixels"})
LARGEST = 1600  # pixels of the long side that are looked at
REAL = 0.5  # probability by which the mesh is a face's
SURE_IF_TURNED, LARGE_IF_TURNED = 0.8, 0.15  # the detector's probability; the face's share of the long side
LYING = 45  # degrees of roll from which the picture lies on its side
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}

LIDS, LASHES = ((11, 12, 13), (3, 4, 5)), (0, 8)  # of an eye's outline: upper and lower lid, corners
LIPS, MOUTH = ((82, 13, 312), (87, 14, 317)), (78, 308)  # inner edges, corners

NOBODY = 0.05  # probability of a person below which a pixel is background
ENOUGH = 0.02  # of the square's pixels must be background
SOFT_EDGE = np.ones((9, 9), np.uint8)  # pixels of hair and shoulders that are neither person nor background
FACE_WIDTH = 300  # pixels at which focus compares
WHITE = 250
SHINING = 245
MOST_COLOUR_OF_LIGHT = 24  # between the channels of a reflection
BESIDE_EYE = (1.0, 0.7)  # half width and half height of where glasses shine, in widths of the eye


def measure(picture: Image.Image) -> dict[str, float]:
    """Return the figures of an upright sRGB picture."""
    seen = _small_enough(np.asarray(picture.convert("RGB")))
    found = _real_faces(seen)
    if not found:
        return {"faces": 0, **_turned(seen)}
    if len(found) > 1:
        return {"faces": len(found)}
    points = found[0]
    if abs(roll(points)) > LYING:
        return {"faces": 0, "turned": round(-roll(points) / 90) * 90 % 360}
    around = silhouette(seen, points)
    figures = {
        "faces": 1,
        **geometry(seen, points, around),
        **background(seen, points, around),
        **light_on_face(seen, points),
        **expression(seen, points),
        "glare": glare(seen, points),
        "sharpness": focus(seen, points),
    }
    return {name: value if name in WHOLE else round(float(value), 1) for name, value in figures.items()}


def _small_enough(picture: Picture) -> Picture:
    factor = LARGEST / max(picture.shape)
    if factor >= 1:
        return picture
    resized: Picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return resized


def _real_faces(picture: Picture, *, sure: float = 0.0, large: float = 0.0) -> list[Array]:
    """Return the meshes of what the detector took for faces, so surely and so large, and the mesh does too."""
    wide = large * max(picture.shape[:2])
    seen = [face for face in faces(picture) if _has_size(face) and face.score >= sure and face.side >= wide]
    meshes = [mesh(picture, face) for face in seen]
    return [points for points, score in meshes if score > REAL]


def _has_size(face: Face) -> bool:
    return face.side >= 1 and math.isfinite(face.angle)


def _turned(picture: Picture) -> dict[str, float]:
    """Tell by which turn one face comes to be seen; nothing where there is none."""
    seen = {
        turn: len(_real_faces(cv2.rotate(picture, how), sure=SURE_IF_TURNED, large=LARGE_IF_TURNED))
        for turn, how in TURNS.items()
    }
    return next(({"turned": turn} for turn, count in seen.items() if count == 1), {})


def geometry(picture: Picture, points: Array, around: Silhouette) -> dict[str, float]:
    """Return where head, eyes and chin stand."""
    height, width = picture.shape[:2]
    head = head_of(picture, points, around)
    one, other = (points[list(corners), :2].mean(axis=0) for corners in EYES)
    figures = {
        "eyes": 100 * head.eyes / height,
        "chin": 100 * head.chin / height,
        "middle": 100 * points[list(SIDES), 0].mean() / width,
        "eye_line": 100 - 100 * head.eyes / height,
        "eye_pixels": round(float(np.hypot(*(other - one)))),
        "roll": roll(points),
        "yaw": yaw(points),
        "cut": int(head.is_cut),
    }
    if head.crown is not None and not head.is_cut:
        figures |= {"crown": 100 * head.crown / height, "head": 100 * (head.chin - head.crown) / height}
    return figures


def background(picture: Picture, points: Array, around: Silhouette) -> dict[str, float]:
    """Return the lightness of what stands around the head, above the chin; nothing where too little of it is seen."""
    height, width = picture.shape[:2]
    rows, columns = (
        around.scale * (np.arange(around.chances.shape[0]) + 0.5) + start
        for start in (around.top, around.left)
    )
    inside = ((rows > 0) & (rows < min(height, points[CHIN, 1])))[:, None] & (
        (columns > 0) & (columns < width)
    )
    somebody = cv2.dilate((around.chances > NOBODY).astype(np.uint8), SOFT_EDGE)
    free = cv2.erode((inside & (somebody == 0)).astype(np.uint8), SOFT_EDGE[:3, :3]) > 0
    if free.mean() < ENOUGH:
        return {}
    lightness = lab(cv2.GaussianBlur(around.seen, (5, 5), 0))[..., 0][free]
    darkest, lightest = np.percentile(lightness, (5, 95))
    return {"background": float(np.median(lightness)), "shades": float(lightest - darkest)}


def lab(picture: Picture) -> Array:
    """Return the colours as CIELAB: lightness from 0 to 100, and two of colour."""
    converted: Array = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return converted


def light_on_face(picture: Picture, points: Array) -> dict[str, float]:
    part, mask = _face_of(picture, points)
    colours = lab(part)[mask]
    return {
        "light": float(np.percentile(colours[:, 0], 95)),
        "burnt": 100 * float((part[mask].min(axis=1) >= WHITE).mean()),
        "colour": float(np.hypot(colours[:, 1], colours[:, 2]).mean()),
    }


def _face_of(picture: Picture, points: Array) -> tuple[Picture, Array]:
    """Return the part of the picture that the mesh covers, and which of its pixels are the face's."""
    height, width = picture.shape[:2]
    outline = cv2.convexHull(np.round(points[:, :2]).astype(np.int32)).reshape(-1, 2)
    left, top = np.clip(outline.min(axis=0), 0, (width - 1, height - 1))
    right, bottom = np.clip(outline.max(axis=0) + 1, (left + 1, top + 1), (width, height))
    mask = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillConvexPoly(mask, outline - (left, top), 1)
    mask[mask.shape[0] // 2, mask.shape[1] // 2] = 1
    return picture[top:bottom, left:right], mask > 0


def focus(picture: Picture, points: Array) -> float:
    """Return the sharpness of the face alone: a plain background has no details to judge by."""
    part, _mask = _face_of(picture, points)
    face = Image.fromarray(part).convert("L")
    face.thumbnail((FACE_WIDTH, 2 * FACE_WIDTH), Image.Resampling.LANCZOS)
    return 100 * crispness(np.asarray(face))


def expression(picture: Picture, points: Array) -> dict[str, float]:
    """Return how far the eyes, the less open one, and the mouth are open."""
    outlines = [
        eye(picture, *points[list(corners), :2], mirrored=mirrored)
        for corners, mirrored in zip(EYES, (False, True), strict=True)
    ]
    lids = min(_gap(outline, *LIDS, LASHES) for outline in outlines)
    return {"lids": 100 * lids, "lips": 100 * _gap(points, *LIPS, MOUTH)}


def _gap(points: Array, upper: tuple[int, ...], lower: tuple[int, ...], corners: tuple[int, ...]) -> float:
    """Return the distance between two edges as a share of that between the corners."""
    apart = np.linalg.norm(points[list(upper), :2] - points[list(lower), :2], axis=1).mean()
    wide = np.linalg.norm(points[corners[1], :2] - points[corners[0], :2])
    return float(apart / max(1e-6, float(wide)))


def glare(picture: Picture, points: Array) -> float:
    """Return the larger of both eyes' largest white spots; a light that an eye itself mirrors is tiny."""
    return max(_spot(picture, points[list(corners), :2]) for corners in EYES)


def _spot(picture: Picture, corners: Array) -> float:
    wide = float(np.linalg.norm(corners[1] - corners[0]))
    (x, y), (across, down) = corners.mean(axis=0), (BESIDE_EYE[0] * wide, BESIDE_EYE[1] * wide)
    part = picture[
        max(0, int(y - down)) : max(0, int(y + down)), max(0, int(x - across)) : max(0, int(x + across))
    ]
    if not part.size or wide < 1:
        return 0.0
    shining = (part.min(axis=2) >= SHINING) & (np.ptp(part, axis=2) <= MOST_COLOUR_OF_LIGHT)
    _count, _labels, stats, _middles = cv2.connectedComponentsWithStats(shining.astype(np.uint8))
    return 100 * float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) / wide**2
