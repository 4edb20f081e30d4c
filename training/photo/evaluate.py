"""How well the photo coach measures: `python -m training.photo.evaluate FOLDER…`, see README.md.

FOLDERs hold the marked originals, under any names: they are known by their digests.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from consular.documents import findings
from consular.documents.photo import specifications
from consular.documents.photo.head import silhouette
from consular.documents.photo.measuring import measure
from consular.documents.photo.networks import SIDE_OF_PERSON, faces, mesh, person
from consular.documents.sandbox import measure as plain
from embassy.demo import specimens

MARKS = Path(__file__).with_name("marks.json")
GOOD = 3.0  # percent of the head's height
LIGHT = (215, 232, 246)
DRAWN = 40


@dataclass(frozen=True)
class Marked:
    """An original with what a person marked: rows of crown, eyes and chin, in pixels."""

    name: str
    picture: np.ndarray
    crown: float
    eyes: float
    chin: float
    traits: frozenset[str]

    @property
    def head(self) -> float:
        return self.chin - self.crown


def originals(folders: list[Path]) -> Iterator[Marked]:
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path
             for folder in folders for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    for row in json.loads(MARKS.read_text()):
        path = files.get(row["sha256"])
        if path is None:
            print(f"missing: {row['source']}", file=sys.stderr)
            continue
        picture = np.array(Image.open(path).convert("RGB"))
        left, top, right, bottom = row["box"] or (0, 0, picture.shape[1], picture.shape[0])
        yield Marked(row["source"], picture[top:bottom, left:right], row["crown"] - top, row["eyes"] - top,
                     row["chin"] - top, frozenset(row["traits"]))  # fmt: skip


def variants(one: Marked) -> Iterator[tuple[str, Marked]]:
    """Yield the original as another camera, hand or light would have it, the marks moved along."""
    yield "as it is", one
    for factor in (0.6, 1.5, 2.5):
        yield f"size {factor}", scaled(one, factor)
    yield "mirrored", replaced(one, one.picture[:, ::-1].copy())
    for gamma in (0.6, 1.6):
        yield f"gamma {gamma}", replaced(one, (255 * (one.picture / 255) ** gamma).astype(np.uint8))
    yield "soft", replaced(one, cv2.GaussianBlur(one.picture, (0, 0), one.head / 150))
    yield "noise", replaced(one, noisy(one.picture))
    yield (
        "grey",
        replaced(one, cv2.cvtColor(cv2.cvtColor(one.picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)),
    )
    yield "JPEG 30", replaced(one, compressed(one.picture, 30))
    cut = max(0, int(one.crown - 0.04 * one.head))
    yield (
        "cut closely",
        Marked(one.name, one.picture[cut:], one.crown - cut, one.eyes - cut, one.chin - cut, one.traits),
    )
    yield (
        "warm light",
        replaced(one, np.clip(one.picture * np.array([1.15, 1.0, 0.8]), 0, 255).astype(np.uint8)),
    )


def replaced(one: Marked, picture: np.ndarray) -> Marked:
    return Marked(one.name, picture, one.crown, one.eyes, one.chin, one.traits)


def scaled(one: Marked, factor: float) -> Marked:
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    picture = cv2.resize(one.picture, None, fx=factor, fy=factor, interpolation=method)
    return Marked(one.name, picture, one.crown * factor, one.eyes * factor, one.chin * factor, one.traits)


def noisy(picture: np.ndarray) -> np.ndarray:
    grain = np.random.default_rng(5).normal(0, 8, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def compressed(picture: np.ndarray, quality: int) -> np.ndarray:
    _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1].copy()


def before_a_wall(one: Marked, light: int, asked: specifications.Specification) -> np.ndarray | None:
    """Return the person cut out, before a plain wall, the head and eyes where `asked` wants them."""
    found = faces(one.picture)
    if not found:
        return None
    points, _ = mesh(one.picture, found[0])
    around = silhouette(one.picture, points)
    left, top, side = around.left, around.top, around.scale * SIDE_OF_PERSON
    chances = person(one.picture, left, top, side)[1]
    height, width = one.picture.shape[:2]
    to_square = np.array(
        [[1 / around.scale, 0, -left / around.scale], [0, 1 / around.scale, -top / around.scale]]
    )
    alpha = cv2.warpAffine(
        chances, to_square, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )[..., None]
    tall = round(one.head / (np.mean(asked.head) / 100))
    wide = round(tall * asked.shape)
    wall = np.full((tall, wide, 3), light, np.float32)
    above = round(tall * (1 - np.mean(asked.eyes) / 100) - one.eyes)
    aside = round(wide / 2 - float(points[:, 0].mean()))
    for row in range(max(0, -above), min(height, tall - above)):
        begin, end = max(0, -aside), min(width, wide - aside)
        wall[row + above, begin + aside : end + aside] += alpha[row, begin:end] * (
            one.picture[row, begin:end] - wall[row + above, begin + aside : end + aside]
        )
    return noisy_a_little(wall)


def noisy_a_little(wall: np.ndarray) -> np.ndarray:
    return np.clip(wall + np.random.default_rng(6).normal(0, 2, wall.shape), 0, 255).astype(np.uint8)


def agreement(marked: list[Marked]) -> None:
    good, measured, asked, worst, by_kind = 0, 0, 0, [], Counter()
    for original in marked:
        for kind, one in variants(original):
            asked += 1
            figures = measure(Image.fromarray(one.picture))
            if "head" not in figures:
                by_kind[f"not measured: {kind}"] += 1
                continue
            measured += 1
            error = figures["head"] / 100 * one.picture.shape[0] / one.head * 100 - 100
            eyes = (figures["eyes"] / 100 * one.picture.shape[0] - one.eyes) / one.head * 100
            good += abs(error) <= GOOD
            worst.append((abs(error), round(error, 1), round(eyes, 1), kind, original.name))
    print(
        f"head within {GOOD} %: {good} of {measured} measured, of {asked} variants of {len(marked)} originals"
    )
    errors = [each[0] for each in worst]
    print(f"error of the head: median {np.median(errors):.1f} %, 95th percentile {np.percentile(errors, 95):.1f} %; "
          f"of the eye line: median {np.median([abs(each[2]) for each in worst]):.1f} %")  # fmt: skip
    for each in sorted(worst, reverse=True)[:12]:
        print("  ", *each[1:])
    print(dict(by_kind))


def false_alarms(marked: list[Marked]) -> None:
    rules = specifications.read(specifications.SHIPPED)
    alarms, good = Counter(), 0
    for picture, traits, asked in portraits(marked, rules):
        good += 1
        image = Image.fromarray(picture)
        figures = plain.measure(image, *image.size) | measure(image)
        codes = {each["code"] for each in findings.of_photo(figures, asked, 0)} - traits - {"picture_small"}
        alarms.update(codes)
        alarms["any"] += bool(codes)
    print(
        f"false alarms: {alarms['any']} of {good} good portraits ({100 * alarms['any'] / good:.1f} %), {dict(alarms)}"
    )


def portraits(
    marked: list[Marked], rules: specifications.Rules
) -> Iterator[tuple[np.ndarray, frozenset[str], Any]]:
    for asked in rules.specifications.values():
        for light in LIGHT:
            for one in marked:
                picture = before_a_wall(one, light, asked)
                if picture is not None:
                    yield picture, one.traits, asked
    asked = rules.specifications["35x45"]
    for seed in range(DRAWN):
        yield np.array(specimens.photo(seed)), frozenset(), asked


if __name__ == "__main__":
    given = list(originals([Path(name) for name in sys.argv[1:]]))
    agreement(given)
    false_alarms(given)
