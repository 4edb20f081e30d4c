"""The name of a file as we show it: it names nothing on our side, and plays no tricks on who reads it."""

import unicodedata

MAX_LENGTH = 100
MAX_SUFFIX = 10
NAMELESS = "file"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # Persian and Indic spelling needs them


def display_name(name: str | None) -> str:
    """Return the last part of a path in NFC, without control, direction and unseen characters, at most 100 long."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(each for each in unicodedata.normalize("NFC", last) if _is_shown(each))
    tidy = " ".join(seen.split()).strip(". ")
    return _shortened(tidy) if any(each.isalnum() for each in tidy) else NAMELESS


def _is_shown(character: str) -> bool:
    """Tell whether a character may stay: no controls, formats, surrogates, private or unassigned ones."""
    return character in JOINERS or character.isspace() or unicodedata.category(character)[0] != "C"


def _shortened(name: str) -> str:
    """Return `name` cut in its stem, so that the ending still tells the type."""
    if len(name) <= MAX_LENGTH:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = dot + suffix if stem and len(suffix) <= MAX_SUFFIX else ""
    return name[: MAX_LENGTH - len(ending) - 1] + "…" + ending
