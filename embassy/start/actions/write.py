"""Write the folder of another state: its identity, with words on what to fill in, and an emblem to be replaced."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from babel import Locale
from django_countries.data import ALT_CODES, COUNTRIES

from embassy.settings import identity
from embassy.settings.identity import EMBLEM, FILE, LANGUAGES, SHIPPED, SOURCE, Identity
from embassy.start.apps import StartConfig

TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "identity.toml"
PLACEHOLDER = f"{StartConfig.label}-placeholder"  # Marks the drawn emblem, so that the checklist knows it
USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")  # ISO 3166-1 §8.1.3: for whoever needs a code
USER_ASSIGNED_3 = re.compile(r"A{2}[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
TAKEN = {
    "XXA",
    "XXB",
    "XXC",
    "XXX",
    "XOM",
    "XPO",
    "XCC",
    "XCE",
    "XCO",
    "XEC",
    "XBA",
    "XIM",
    "XMP",
    "XDC",
    "XAA",
}
MRZ = {"DEU": "D"}  # ICAO 9303-3 §5: the one state whose code is not ISO's
PORTALS = {
    "en": "Virtual Embassy of {state}",
    "fa": "سفارت مجازی {state}",
    "ar": "السفارة الافتراضية: {state}",
    "fr": "Ambassade virtuelle : {state}",
    "es": "Embajada Virtual: {state}",
}


class WrongWishError(ValueError):
    """What was asked for cannot be; the text says why and what to ask instead."""


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for. `alpha3` may be empty where it follows from `alpha2`."""

    state: str
    alpha2: str
    alpha3: str
    languages: Sequence[str]


def write(folder: Path, wanted: Wanted) -> bool:
    """Write the folder and return True; False when it holds an identity already, which stays as it is."""
    if (folder / FILE).exists():
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongWishError(f"{folder} exists and holds something else. Name a new folder, or an empty one.")
    files = {FILE: _toml(wanted), EMBLEM: _emblem(wanted.state)}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    identity.read(folder)
    return True


def is_placeholder(found: Identity) -> bool:
    return PLACEHOLDER in found.emblem.read_text(encoding="utf-8")


def has_own_colours(found: Identity) -> bool:
    drawn = tomllib.loads(TEMPLATE.read_text(encoding="utf-8").partition("[colours]")[2])
    return found.colours not in (drawn, identity.read(SHIPPED).colours)


def _toml(wanted: Wanted) -> str:
    alpha2 = wanted.alpha2.upper()
    alpha3 = _alpha3(alpha2, wanted.alpha3.upper(), wanted.state)
    _check_name(wanted.state)
    languages = _languages(wanted.languages)
    states = {code: _state_in(code, alpha2, wanted.state) for code in languages}
    portals = {code: PORTALS[code].format(state=states[code]) for code in languages}
    values = {
        "languages": json.dumps(languages),
        "alpha2": alpha2,
        "alpha3": alpha3,
        "mrz": MRZ.get(alpha3, alpha3),
        "state_names": _lines(states),
        "portal_names": _lines(portals),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text)


def _check_name(state: str) -> None:
    if not state.strip() or len(state) > identity.LONGEST_NAME // 2 or not state.isprintable():
        raise WrongWishError(
            f"--state: write a name on one line of at most {identity.LONGEST_NAME // 2} letters."
        )


def _languages(wanted: Sequence[str]) -> list[str]:
    unknown = [code for code in wanted if code not in LANGUAGES]
    if unknown or not wanted:
        raise WrongWishError(
            f"--languages: {', '.join(unknown) or 'none'}. Choose from {','.join(LANGUAGES)}."
        )
    if SOURCE not in wanted:
        raise WrongWishError(
            f"--languages: {SOURCE} must be among them, since pages are translated from English."
        )
    return list(dict.fromkeys(wanted))


def _alpha3(alpha2: str, alpha3: str, state: str) -> str:
    """Return the three letters of a real state, or those for a code that ISO leaves to its users."""
    if alpha2 in COUNTRIES or alpha2 == "XK":
        real = "RKS" if alpha2 == "XK" else ALT_CODES[alpha2][0]
        if alpha3 not in {"", real}:
            raise WrongWishError(f"--alpha3: the three letters of {alpha2} are {real}.")
        return real
    if not USER_ASSIGNED.fullmatch(alpha2):
        raise WrongWishError(
            f"--code: {alpha2!r} is neither a state's in ISO 3166-1 nor one that ISO leaves to its users: "
            "AA, QM to QZ, XA to XZ, ZZ."
        )
    found = alpha3 or alpha2 + _capitals(state)[:1]
    if not USER_ASSIGNED_3.fullmatch(found) or found in TAKEN:
        raise WrongWishError(
            f"--alpha3: {found!r} is not free. Choose one of AAA to AAZ, QMA to QZZ, XAA to XZZ, ZZA to ZZZ "
            "that no travel document uses."
        )
    return found


def _capitals(text: str) -> str:
    return "".join(each for each in text.upper() if "A" <= each <= "Z")


def _state_in(language: str, alpha2: str, given: str) -> str:
    """Return a real state's name in a language, and the given one for English and where there is none."""
    known = Locale.parse(language).territories if alpha2 in COUNTRIES else {}
    return given if language == SOURCE else str(known.get(alpha2, given))


def _lines(texts: dict[str, str]) -> str:
    """Write a table of TOML; a JSON string is a basic string of TOML."""
    return "\n".join(f"{code} = {json.dumps(text, ensure_ascii=False)}" for code, text in texts.items())


def _emblem(state: str) -> str:
    initials = "".join(word[0] for word in state.split() if word[0].isalpha())[:3].upper() or "?"
    size = {1: 44, 2: 32}.get(len(initials), 24)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 88 104">\n'
        f'<g id="{PLACEHOLDER}">\n<path fill="#c8ccd4" d="M4 4h80v52c0 24-16 38-40 46C20 94 4 80 4 56z"/>\n'
        '<path fill="#1c3557" d="M8 8h72v48c0 21-14 34-36 42C22 90 8 77 8 56z"/>\n'
        f'<text x="44" y="54" fill="#fff" font-family="sans-serif" font-size="{size}" text-anchor="middle">'
        f"{escape(initials)}</text>\n</g>\n</svg>\n"
    )
