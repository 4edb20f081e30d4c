"""Portraits for tests: nobody, drawn; and Eileen Collins, photographed by NASA (public domain), marked by hand."""

from functools import lru_cache
from pathlib import Path

from PIL import Image

from embassy.demo import specimens

ASTRONAUT = Path(__file__).with_name("astronaut.jpg")
CROWN, EYES, CHIN = 15, 103, 178  # rows that a person marked
WALL = (236, 238, 240)


@lru_cache(maxsize=4)
def nobody(seed: object = 1) -> Image.Image:
    """Return a drawn portrait, 700 × 900: nothing is wrong with it for 35 × 45 mm."""
    return specimens.photo(seed, marked=False)


@lru_cache(maxsize=1)
def astronaut() -> Image.Image:
    return Image.open(ASTRONAUT).convert("RGB")


def smaller(factor: float, picture: Image.Image | None = None) -> Image.Image:
    """Return the portrait with the head smaller by a factor, standing where it stood."""
    person = picture or nobody()
    wide, high = round(person.width * factor), round(person.height * factor)
    wall = Image.new("RGB", person.size, WALL)
    wall.paste(
        person.resize((wide, high), Image.Resampling.LANCZOS),
        ((person.width - wide) // 2, person.height - high),
    )
    return wall
