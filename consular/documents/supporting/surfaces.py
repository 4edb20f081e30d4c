"""Pages with nothing on them, and pages whose writing runs over the edge. Pillow alone: its import costs nothing more."""

from PIL import Image, ImageChops, ImageFilter

SIDE = 900  # pixels of the long side that is looked at
MARGIN = 0.03  # of each side, where scanners leave shadows
INK = 28  # greys below the paper around it
LEAST_INK = 0.0004  # of the page: a page number alone is more
REACH = 25  # pixels from which the paper's own grey is taken
PAPER = 150  # the lightest grey of shadows: what is darker at an edge is a table, not paper
LEAST_PAPER = 0.75  # of an edge
LEAST_STROKES = 5  # that meet one edge: fewer are a frame, a line, a stamp
STROKES_ARE_NARROW = 0.04  # of an edge
SIDES = ("left", "top", "right", "bottom")


def is_blank(picture: Image.Image) -> bool:
    """Tell whether nothing is written on a page, whatever the colour of its paper."""
    grey = small(picture)
    wide, high = grey.width * MARGIN, grey.height * MARGIN
    inner = grey.crop((round(wide), round(high), round(grey.width - wide), round(grey.height - high)))
    if not all(inner.size):
        return True
    return ink_of(inner).histogram()[255] < LEAST_INK * inner.width * inner.height


def cut_sides(picture: Image.Image) -> list[str]:
    """Return the sides at which strokes of writing are cut off by the edge of the picture."""
    grey = small(picture)
    return [side for side in SIDES if strokes_at(edge_of(grey, side)) >= LEAST_STROKES]


def small(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return grey


def ink_of(grey: Image.Image) -> Image.Image:
    """Return white where a pixel differs from the paper around it, else black."""
    paper = grey.filter(ImageFilter.BoxBlur(REACH))
    return ImageChops.difference(grey, paper).point(lambda value: 255 if value > INK else 0)


def edge_of(grey: Image.Image, side: str) -> list[int]:
    """Return the greys along an edge, the mean of its two outermost rows of pixels."""
    width, height = grey.size
    depth = min(2, width, height)
    boxes = {
        "left": (0, 0, depth, height),
        "top": (0, 0, width, depth),
        "right": (width - depth, 0, width, height),
        "bottom": (0, height - depth, width, height),
    }
    length = (1, height) if side in ("left", "right") else (width, 1)
    return list(grey.crop(boxes[side]).resize(length, Image.Resampling.BOX).tobytes())


def strokes_at(edge: list[int]) -> int:
    """Count the narrow dark runs along an edge of light paper; 0 where the edge is no paper."""
    paper = sorted(edge)[len(edge) * 3 // 4]
    light = sum(value > paper - INK for value in edge)
    if paper < PAPER or light < LEAST_PAPER * len(edge):
        return 0
    runs = "".join("#" if value <= paper - 2 * INK else " " for value in edge).split()
    return sum(len(run) <= STROKES_ARE_NARROW * len(edge) for run in runs)
