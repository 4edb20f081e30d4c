"""A picture's likeness: 8192 bits by which copies of one picture find each other, and other pictures do not.

Each bit says whether the page gets lighter from one cell to the next, 64 steps across and 64 down: the difference
hash, finer than the usual 64 bits, which cannot tell the passports of a family apart (docs/decisions/0034). An index
looks for bands, 32 of 256 bits from all over the page; the whole decides.
"""

import functools
import random
import zlib

from PIL import Image

SIDE = 64
BITS = 2 * SIDE * SIDE
BYTES = BITS // 8
STEP = 4  # greys between two cells: what is less is paper, and noise
LEAST_BITS = 100  # set: pages with less on them are alike without being the same
SAME = 0.07  # of the bits set in either: copies of one picture differ in no more
BANDS, BAND_BITS, LEAST_IN_BAND = 32, 256, 3
SEED = 9303  # of the places that make a band; bands of another seed find nothing


def likeness_of(picture: Image.Image) -> bytes:
    """Return the likeness; b"" of a page that has too little on it."""
    cells = picture.convert("L").resize((SIDE + 1, SIDE + 1), Image.Resampling.BOX).tobytes()
    rows = [cells[at : at + SIDE + 1] for at in range(0, len(cells), SIDE + 1)]
    bits = [
        *(row[x + 1] - row[x] >= STEP for row in rows[:SIDE] for x in range(SIDE)),
        *(rows[y + 1][x] - rows[y][x] >= STEP for y in range(SIDE) for x in range(SIDE)),
    ]
    if sum(bits) < LEAST_BITS:
        return b""
    return int("".join("1" if bit else "0" for bit in bits), 2).to_bytes(BYTES, "big")


def bands_of(likeness: bytes) -> list[int]:
    """Return what an index looks for: a number of 31 bits for each band with enough on it."""
    bits = f"{int.from_bytes(likeness, 'big'):0{BITS}b}"
    found = []
    for number, places in enumerate(_places()):
        band = "".join(bits[place] for place in places)
        if band.count("1") >= LEAST_IN_BAND:
            found.append(zlib.crc32(f"{number}:{band}".encode()) & 0x7FFFFFFF)
    return found


@functools.cache
def _places() -> tuple[tuple[int, ...], ...]:
    """Return the places of each band: a share of all, in an order that is always the same."""
    order = list(range(BITS))
    random.Random(SEED).shuffle(order)  # noqa: S311 - no secret
    return tuple(tuple(order[number * BAND_BITS :][:BAND_BITS]) for number in range(BANDS))


def difference(one: bytes, other: bytes) -> float:
    """Return in which share of the bits that are set in either two likenesses differ."""
    first, second = int.from_bytes(one, "big"), int.from_bytes(other, "big")
    return (first ^ second).bit_count() / max(1, (first | second).bit_count())


def are_copies(one: bytes, other: bytes) -> bool:
    """Tell whether two pages show the same picture."""
    return bool(one and other) and difference(one, other) <= SAME
