"""How sharp a picture is, without knowing what it shows."""

from typing import Any

from PIL import Image, ImageFilter, ImageStat

COARSER = 8
BLURS = 25  # in the width of a face: the blur that a face is compared with
EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def fine_detail(grey: Image.Image) -> float:
    """Return the weight of the finest details as a share of that of details three octaves coarser; 0 for none.

    A natural picture has edges of every size alike, so the share tells of focus and not of what is shown:
    two photographs, 54 and 58; blurred by 2, 3 and 4 pixels of 1600, 24 to 27, 15 to 17 and 13 to 15.
    """
    eighth = (grey.width // COARSER, grey.height // COARSER)
    coarse = edge_weight(grey.resize(eighth, Image.Resampling.BOX)) if min(eighth) > 0 else 0
    return edge_weight(grey) / coarse if coarse > 0 else 0.0


def edge_weight(grey: Image.Image) -> float:
    """Return the standard deviation of the Laplacian."""
    if min(grey.size) < 3:  # noqa: PLR2004 - the kernel's side
        return 0.0
    return float(ImageStat.Stat(grey.filter(EDGES)).stddev[0])


def crispness(grey: Any) -> float:
    """Return what a blur would take from an array of greys, 0 to 1: a sharp picture loses much, a blurred one little.

    After Crete and others, "The blur effect", 2007: how much of the differences between neighbours is gone.
    """
    import cv2
    import numpy as np

    values = grey.astype(np.float32)
    side = max(3, round(values.shape[1] / BLURS))
    kept = []
    for axis, kernel in ((0, (1, side)), (1, (side, 1))):
        sharp = np.abs(np.diff(values, axis=axis))
        soft = np.abs(np.diff(cv2.blur(values, kernel), axis=axis))
        kept.append(np.maximum(0, sharp - soft).sum() / max(1.0, float(sharp.sum())))
    return float(min(kept))
