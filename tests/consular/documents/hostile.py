"""Hostile files by the hundred: the kinds 49 to 92 of the list of bad inputs, mutated, made from seeds, kept nowhere."""

import random
from collections.abc import Callable, Iterator

from tests.consular.documents import files

Maker = Callable[[random.Random], bytes]

GOOD: tuple[Maker, ...] = (
    lambda chance: files.jpeg(),
    lambda chance: files.jpeg_with_metadata(),
    lambda chance: files.jpeg_held_sideways(chance.randint(2, 8)),
    lambda chance: files.saved(files.noise((90, 120), chance.randrange(99)), "PNG"),
    lambda chance: files.saved(files.drawing(mode="P"), "PNG"),
    lambda chance: files.sixteen_bit_png(),
    lambda chance: files.animated("PNG"),
    lambda chance: files.saved(files.drawing(), "WEBP"),
    lambda chance: files.tiff(chance.randint(1, 3)),
    lambda chance: files.heic(),
    lambda chance: files.pdf(chance.randint(1, 3)),
    lambda chance: files.filled_form(),
    lambda chance: files.pdf_with_attachment(),
    lambda chance: files.pdf_that(OpenAction=files.javascript()),
    lambda chance: files.pdf_with_hidden_script(),
    lambda chance: files.locked_pdf(user=""),
)
ODD: tuple[Maker, ...] = (
    lambda chance: chance.randbytes(1),
    lambda chance: chance.randbytes(chance.randint(2, 4000)),
    lambda chance: files.truncated(files.jpeg(), chance.random()) or b"\xff",
    lambda chance: files.truncated(files.pdf(3), chance.random()) or b"%",
    lambda chance: files.truncated(files.heic(), chance.random()) or b"\0",
    lambda chance: files.exe(),
    lambda chance: b"%PDF-1.7\n" + files.exe(),
    lambda chance: files.html(),
    lambda chance: files.svg(),
    lambda chance: b"\xff\xd8\xff" + files.svg(),
    lambda chance: b"\x89PNG\r\n\x1a\n" + files.html(),
    lambda chance: files.html_before_pdf(),
    lambda chance: files.pixel_flood(),
    lambda chance: files.png_of(65_535, 65_535, b""),
    lambda chance: files.png_of(
        chance.randint(1, 65_535), chance.randint(1, 65_535), bytes(chance.randint(0, 900))
    ),
    lambda chance: files.png_whose_header_lies(),
    lambda chance: files.with_tail(files.jpeg()),
    lambda chance: files.with_tail(files.saved(files.drawing(), "PNG")),
    lambda chance: files.jpeg_with_broken_metadata(),
    lambda chance: files.jpeg(exif=b"Exif\0\0" + chance.randbytes(60_000)),
    lambda chance: files.pdf_that_launches(),
    lambda chance: files.pdf_that_submits(),
    lambda chance: files.locked_pdf(user="secret"),
    lambda chance: files.pdf(500),
    lambda chance: files.pdf(2, size=(chance.choice([3, 14_400]), chance.choice([3, 14_400]))),
    lambda chance: files.pdf_whose_pages_go_in_circles(),
    lambda chance: files.deep_pdf(),
    lambda chance: files.named_pdf_but_zip(),
    lambda chance: files.zip_bomb(),
    lambda chance: files.saved(files.drawing(), chance.choice(["GIF", "BMP", "EPS", "PPM"])),
    lambda chance: files.jpeg(mode="CMYK"),
    lambda chance: b"%!PS-Adobe-3.0 EPSF-3.0\n/x { x } def x\n",
    lambda chance: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
)
HEAVY_EACH = 50  # files for one that inflates until its child is stopped


def hostile(number: int) -> bytes:
    """Return the file of a number: every third one odd as it is, the others mutated; always the same."""
    chance = random.Random(number)  # noqa: S311 - no secret
    if number % HEAVY_EACH == HEAVY_EACH - 1:
        return files.pdf_bomb()
    if number % 3 == 0:
        return ODD[number // 3 % len(ODD)](chance)
    return files.mutated(GOOD[number % len(GOOD)](chance), number)


def numbered(count: int, part: int, parts: int) -> Iterator[tuple[int, bytes]]:
    """Yield the files of one part of all."""
    for number in range(part, count, parts):
        yield number, hostile(number)
