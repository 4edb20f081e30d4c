"""The line recogniser: a small network that reads one line of OCR-B, run by onnxruntime.

Input: a grey picture of one line, scaled to HEIGHT rows. Output: for every STRIDE columns the
log-probability of each character of CHARACTERS and of "no character here" (BLANK), as CTC has it.
How the network came to be: training/mrz/README.md.
"""

import string
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime

from consular.documents.reading.arrays import Array, Grey, Scores

HEIGHT = 24  # rows
STRIDE = 4  # columns a frame
WINDOW = 97  # columns over which brightness and contrast are evened out
MODEL = Path(__file__).with_name("mrz_lines.onnx")

CHARACTERS = "<" + string.digits + string.ascii_uppercase
BLANK = 0  # the class of "nothing"; the character CHARACTERS[i] is class i + 1


def evened(line: Grey) -> Array:
    """Return a grey line (uint8, HEIGHT × width) as float32 of local mean 0 and local deviation 1."""
    grey = line.astype(np.float32)
    mean = along_line(grey.mean(axis=0))
    square = along_line((grey * grey).mean(axis=0))
    deviation = np.sqrt(np.maximum(square - mean * mean, 0)) + 4
    result: Array = (grey - mean) / deviation
    return result


def along_line(row: Array) -> Array:
    """Return the running mean of a row over WINDOW columns, the ends held."""
    mean: Array = cv2.blur(row[None], (WINDOW, 1), borderType=cv2.BORDER_REPLICATE)[0]
    return mean


def to_height(picture: Grey) -> Grey:
    """Any grey picture of one line, scaled to HEIGHT rows, its ratio kept."""
    width = max(STRIDE, round(picture.shape[1] * HEIGHT / picture.shape[0]))
    method = cv2.INTER_AREA if picture.shape[0] > HEIGHT else cv2.INTER_CUBIC
    resized: Grey = cv2.resize(picture, (width, HEIGHT), interpolation=method)
    return resized


def batch(lines: list[Grey]) -> Array:
    """Lines of HEIGHT rows side by side in one float32 array (n, 1, HEIGHT, widest), ends held."""
    widest = max(int(line.shape[1]) for line in lines)
    widest += -widest % STRIDE
    return np.stack([np.pad(evened(line), ((0, 0), (0, widest - line.shape[1])), "edge") for line in lines])[
        :, None
    ]


@lru_cache(maxsize=1)
def session() -> Any:
    """Return the network, loaded once a process, one thread."""
    library: Any = onnxruntime  # it has no types
    options = library.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return library.InferenceSession(str(MODEL), sess_options=options, providers=["CPUExecutionProvider"])


def recognise(pictures: list[Grey]) -> list[Scores]:
    """For each grey picture of a line: log-probabilities, float32 (frames, 1 + 37)."""
    if not pictures:
        return []
    lines = [to_height(picture) for picture in pictures]
    scores = session().run(None, {"lines": batch(lines)})[0]
    return [score[: -(-line.shape[1] // STRIDE)] for line, score in zip(lines, scores, strict=True)]
