"""The colours of an embassy, and whether people can read what stands in them (WCAG 2.2 AA, success criterion 1.4.3).

`PAIRS` names every pair in which the style sheets write text, and nothing else: whoever uses another pair adds it.
"""

import re
from collections.abc import Iterator, Mapping

NAMES = (
    "brand", "brand-deep", "brand-tint", "button", "accent", "link", "link-hover", "visited",
    "paper", "line", "ink", "ink-soft",
)  # fmt: skip
HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE = "#ffffff"
FIXED = {"white": WHITE, "error red": "#b3261e", "success green": "#136b46", "alert yellow": "#fff7d6"}
ENOUGH = 4.5

PAIRS = (
    ("white", "brand"), ("white", "brand-deep"), ("white", "button"), ("white", "ink-soft"),
    ("brand-tint", "brand"), ("brand-tint", "brand-deep"), ("brand", "white"), ("brand", "brand-tint"),
    ("paper", "button"), ("paper", "brand"),
    ("ink", "white"), ("ink", "paper"), ("ink", "brand-tint"), ("ink", "line"), ("ink", "alert yellow"),
    ("ink-soft", "white"), ("ink-soft", "paper"), ("ink-soft", "brand-tint"),
    ("link", "white"), ("link", "paper"), ("link", "brand-tint"),
    ("link-hover", "white"), ("link-hover", "paper"), ("link-hover", "brand-tint"),
    ("visited", "white"), ("visited", "paper"),
    ("error red", "paper"), ("success green", "paper"),
)  # fmt: skip


def complaints(colours: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with these colours, each with what to do."""
    for name in NAMES:
        if name not in colours:
            yield f'[colours] lacks "{name}". Give it a colour such as "#12433c".'
        elif not (isinstance(colours[name], str) and HEX.fullmatch(str(colours[name]))):
            yield (
                f'[colours] {name}: {colours[name]!r} is no colour. Write a hash and six digits: "#12433c".'
            )
    for name in colours.keys() - set(NAMES):
        yield f"[colours] knows no {name!r}. It has: {', '.join(NAMES)}."


def unreadable(colours: Mapping[str, str]) -> Iterator[str]:
    """Yield each pair of sound colours that is too faint to be read, with its ratio."""
    known = {**FIXED, **colours}
    for text, ground in PAIRS:
        ratio = contrast(known[text], known[ground])
        if ratio < ENOUGH:
            yield (
                f"[colours] {text} ({known[text]}) on {ground} ({known[ground]}) has a contrast of {ratio:.2f}:1; "
                f"people with weak sight need {ENOUGH}:1. Make one of them darker or lighter."
            )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2), from 0 for black to 1 for white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of sRGB
