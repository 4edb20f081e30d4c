"""Pictures: decode, turn upright, bring to sRGB, and keep nothing but pixels."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from consular.documents.content_types import HEIC, JPEG, PNG, TIFF, WEBP
from consular.documents.sandbox.protocol import Refused, Request
from consular.documents.supporting.lines import Line

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF", TIFF: "TIFF"}
PLAIN_MODES = frozenset({"RGB", "L", "CMYK", "YCbCr", "LAB"})
BRIGHTEST_OF_16_BITS = 0xFFFF
WHITE = (255, 255, 255)
STOP_COUNTING = 1000  # frames; a file may claim any number

ORIENTATION = 0x0112  # Exif 2.32 §4.6.4: how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = frozenset({5, 6, 7, 8})

Image.MAX_IMAGE_PIXELS = None  # `refuse_flood` compares with the request's own limit instead


@dataclass(frozen=True)
class Leaf:
    """One page on its way: an upright sRGB picture of at most the request's side, its own size in pixels, its text."""

    picture: Image.Image
    width: int
    height: int
    lines: list[Line] = field(default_factory=list)


def leaves(data: bytes, content_type: str, request: Request) -> Iterator[Leaf]:
    """Yield the pages of a picture: every frame of a TIFF, the first one of everything else."""
    image = open_picture(data, content_type)
    frames = count_frames(image) if content_type == TIFF else 1
    if frames > request.max_pages:
        raise Refused("too_many_pages", pages=frames, limit=request.max_pages)
    for number in range(frames):
        if number:
            image.seek(number)
        refuse_flood(image.size, request)
        yield leaf_of(image.copy() if frames > 1 else image, request.side)


def open_picture(data: bytes, content_type: str) -> Image.Image:
    """Read the header, with the one decoder that the content asks for."""
    if content_type == HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    return Image.open(io.BytesIO(data), formats=(FORMATS[content_type],))


def is_animated(data: bytes, content_type: str) -> bool:
    """Tell whether there is more than one frame where we keep one."""
    return content_type in (PNG, WEBP) and getattr(open_picture(data, content_type), "n_frames", 1) > 1


def count_frames(image: Image.Image) -> int:
    """Return the number of frames by walking them, at most STOP_COUNTING; ends at the first."""
    frames = 1
    with contextlib.suppress(EOFError):
        while frames < STOP_COUNTING:
            image.seek(frames)
            frames += 1
    image.seek(0)
    return frames


def refuse_flood(size: tuple[int, int], request: Request) -> None:
    """Refuse by what the header says, before a single pixel takes memory."""
    width, height = size
    if width * height > request.max_pixels:
        raise Refused("too_many_pixels", width=width, height=height, limit=request.max_pixels)


def leaf_of(image: Image.Image, side: int) -> Leaf:
    """Decode one frame; a JPEG at half or a quarter of its size where that is enough."""
    width, height = image.size
    picture, profile = in_plain_mode(image), image.info.get("icc_profile")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    turn = orientation(image)
    if turn in SIDEWAYS:
        width, height = height, width
    upright = picture.transpose(TURNS[turn]) if turn in TURNS else picture
    return Leaf(bare(in_srgb(upright, profile)), width, height)


def orientation(image: Image.Image) -> int:
    """Return the Exif orientation that is still to be applied; 1 when there is none or nobody can read it."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - metadata is written by anything; the picture itself is what counts
        return 1


def in_plain_mode(image: Image.Image) -> Image.Image:
    """Return the picture without transparency (on white), palette, or more than eight bits a sample."""
    if image.mode in PLAIN_MODES:
        return image
    if image.mode.startswith(("I", "F")):
        return eight_bits(image)
    if image.mode == "1":
        return image.convert("L")
    coloured = image.convert("RGBA")
    paper = Image.new("RGB", image.size, WHITE)
    paper.paste(coloured, mask=coloured.getchannel("A"))
    return paper


def eight_bits(image: Image.Image) -> Image.Image:
    """Return deep greys scaled to eight bits: Pillow's own conversion would cut them off at white."""
    brightest: Any = image.getextrema()[1]
    wide = image.convert("I") if image.mode.startswith("I") else image
    scale = 255 / max(BRIGHTEST_OF_16_BITS, brightest) if brightest > 255 else 1  # noqa: PLR2004 - eight bits
    return wide.point(lambda value: value * scale + 0).convert("L")


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours as a browser shows them; a profile that does not fit is as good as none."""
    if not profile:
        return picture.convert("RGB")
    from PIL import ImageCms

    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except Exception:  # noqa: BLE001 - see above; profiles are metadata too
        return picture.convert("RGB")
    return converted or picture.convert("RGB")


def bare(picture: Image.Image) -> Image.Image:
    """Drop what Pillow would write along: comments, Exif, XMP, profiles."""
    picture.info = {}
    picture.getexif().clear()
    return picture
