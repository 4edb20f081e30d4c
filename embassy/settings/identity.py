"""Who the embassy is: the folder that PORTAL_EMBASSY names, read once at the start and checked to the last word.

    identity.toml       names, codes, languages, addresses, colours: every line is explained in the shipped one
    static/emblem.svg   the emblem, shown on pages, on papers and in the browser's tab

Needs nothing but Python: run.py reads it before there are settings. Whatever is wrong is told at once, with what to do.
"""

import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from embassy.settings import colours, emblem

VARIABLE = "PORTAL_EMBASSY"
SHIPPED = Path(__file__).resolve().parent.parent / "identity" / "velmaris"
FILE, EMBLEM = "identity.toml", "static/emblem.svg"
# Every language that the portal is written in, by its own name
LANGUAGES = {"en": "English", "fa": "فارسی", "ar": "العربية", "fr": "Français", "es": "Español"}
SOURCE = "en"  # What pages and alerts are translated from
CODES = {
    "alpha2": ("[A-Z]{2}", "two capitals of ISO 3166, such as QX"),
    "alpha3": ("[A-Z]{3}", "three capitals of ISO 3166, such as QXO"),
    "mrz": ("[A-Z]{1,3}", "one to three capitals of ICAO 9303-3 section 5, such as QXO"),
}
TABLES = {
    "": {"demonstration", "languages", "state", "portal", "mail", "colours"},
    "state": {*CODES, "name"},
    "portal": {"name", "site", "hosts"},
    "mail": {"sender", "official", "security"},
}
MAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]+")
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
LONGEST_NAME = 100


class UnusableError(ValueError):
    """The folder cannot be used; the text says what is wrong, line by line, and what to do."""


@dataclass(frozen=True)
class Identity:
    """An embassy's own things. `names` and `state` map each language offered to a name."""

    folder: Path
    demonstration: bool
    languages: tuple[str, ...]
    names: Mapping[str, str]
    state: Mapping[str, str]
    alpha2: str
    alpha3: str
    mrz: str
    site: str
    hosts: tuple[str, ...]
    sender: str
    official: str
    security: str
    colours: Mapping[str, str]

    @property
    def is_shipped(self) -> bool:
        return self.folder == SHIPPED

    @property
    def emblem(self) -> Path:
        return self.folder / EMBLEM


def current() -> Identity:
    """Return the identity that the environment names: by default that of the demonstration."""
    return read(Path(os.environ.get(VARIABLE) or SHIPPED))


def read(folder: Path) -> Identity:
    """Read and check a folder; `UnusableError` names everything that is wrong with it."""
    folder = folder.resolve()
    table = _load(folder / FILE)
    found = [*_complaints(table), *_complaints_about_emblem(folder / EMBLEM)]
    if found:
        listed = "\n".join(f"  - {each}" for each in found)
        raise UnusableError(f"{folder} cannot be used ({VARIABLE}):\n{listed}")
    state, portal, mail = table["state"], table["portal"], table["mail"]
    return Identity(
        folder=folder,
        demonstration=table["demonstration"],
        languages=tuple(table["languages"]),
        names=portal["name"],
        state=state["name"],
        alpha2=state["alpha2"],
        alpha3=state["alpha3"],
        mrz=state["mrz"],
        site=portal.get("site", "").rstrip("/"),
        hosts=tuple(portal.get("hosts", [])),
        sender=formataddr((portal["name"][SOURCE], mail["sender"]), "utf-8"),
        official=mail.get("official", ""),
        security=mail["security"],
        colours=table["colours"],
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnusableError(
            f"There is no {path}. {VARIABLE} must name a folder with an {FILE}; "
            "`manage.py start_embassy FOLDER` makes one."
        ) from None
    except OSError as error:
        raise UnusableError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableError(f"{path} is not written as TOML: {error}.") from None


def _complaints(table: dict[str, Any]) -> Iterator[str]:
    for name in sorted(table.keys() - TABLES[""]):
        yield f"{name!r} is not known. Delete it, or look at how it is spelt."
    if not isinstance(table.get("demonstration"), bool):
        yield "Write demonstration = true or demonstration = false."
    parts = {name: table.get(name) for name in ("state", "portal", "mail", "colours")}
    for name, part in parts.items():
        if not isinstance(part, dict):
            yield f"The part [{name}] is missing."
        elif name in TABLES and (unknown := sorted(part.keys() - TABLES[name])):
            yield f"[{name}] does not know {', '.join(unknown)}."
    tables: dict[str, Any] = {name: part for name, part in parts.items() if isinstance(part, dict)}
    yield from _about_languages(table.get("languages"))
    offered = [code for code in _listed(table.get("languages")) if code in LANGUAGES]
    yield from _about_state(tables.get("state", {}), offered)
    yield from _about_portal(tables.get("portal", {}), offered)
    yield from _about_mail(tables.get("mail", {}))
    yield from _about_colours(tables.get("colours", {}))


def _listed(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _about_languages(value: object) -> Iterator[str]:
    known = ", ".join(LANGUAGES)
    if not isinstance(value, list) or not value:
        yield f'languages must be a list, the first being the default: ["en", "fa"]. Known: {known}.'
        return
    if unknown := [each for each in value if each not in LANGUAGES]:
        yield f"languages: {', '.join(map(str, unknown))}: the portal is not written in it. Known: {known}."
    if len(set(map(str, value))) != len(value):
        yield "languages: one is named twice."
    if SOURCE not in value:
        yield 'languages must have "en", in any place: pages and alerts are translated from English.'


def _about_state(state: dict[str, Any], offered: list[str]) -> Iterator[str]:
    for name, (shape, words) in CODES.items():
        if not re.fullmatch(shape, str(state.get(name, ""))):
            yield f"[state] {name}: {state.get(name)!r} is no such code. Write {words}."
    yield from _about_names("state.name", state.get("name"), offered)


def _about_portal(portal: dict[str, Any], offered: list[str]) -> Iterator[str]:
    yield from _about_names("portal.name", portal.get("name"), offered)
    site = portal.get("site", "")
    if site and not _is_site(site):
        yield f"[portal] site: {site!r} is no address of a site. Write https://visa.example.org, without a path."
    hosts = portal.get("hosts", [])
    if not isinstance(hosts, list) or not all(
        isinstance(each, str) and HOST.fullmatch(each) for each in hosts
    ):
        yield '[portal] hosts must list host names without https:// and port: ["visa.example.org"].'


def _is_site(value: object) -> bool:
    if not isinstance(value, str):
        return False
    found = urlsplit(value)
    return (
        found.scheme in {"http", "https"}
        and bool(HOST.fullmatch(found.hostname or ""))
        and (found.path in {"", "/"} and not found.query and not found.fragment and "@" not in found.netloc)
    )


def _about_names(where: str, names: object, offered: list[str]) -> Iterator[str]:
    """Names are shown as text wherever they stand: quotes and angle brackets do no harm, lines would break e-mails."""
    table = names if isinstance(names, dict) else {}
    for code in offered:
        name = table.get(code)
        if not isinstance(name, str) or not name.strip():
            yield f"[{where}] lacks the name in {LANGUAGES[code]} ({code}), which is among the languages offered."
        elif len(name) > LONGEST_NAME or not name.isprintable():
            yield f"[{where}] {code}: write it on one line of at most {LONGEST_NAME} letters."


def _about_mail(mail: dict[str, Any]) -> Iterator[str]:
    for name in ("sender", "official"):
        value = mail.get(name, "")
        if (value or name == "sender") and not MAIL.fullmatch(str(value)):
            yield f'[mail] {name}: {value!r} is no e-mail address. Write one such as "no-reply@example.org".'
    security = str(mail.get("security", ""))
    if not security.startswith("https://") and not MAIL.fullmatch(security.removeprefix("mailto:")):
        yield '[mail] security: write "mailto:security@example.org" or an address that begins with https://.'


def _about_colours(table: dict[str, Any]) -> Iterator[str]:
    found = list(colours.complaints(table))
    yield from found or colours.unreadable(table)


def _complaints_about_emblem(path: Path) -> Iterator[str]:
    try:
        content = path.read_bytes()
    except OSError:
        yield f"There is no {EMBLEM}. Put the emblem there, as an SVG."
        return
    yield from emblem.complaints(content)


def address_of(sender: str) -> str:
    """Return the bare address in `Name <address>`."""
    return parseaddr(sender)[1]


def main() -> int:
    """Print what run.py needs to know before there are settings, or what is wrong."""
    try:
        found = current()
    except UnusableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps({"demonstration": found.demonstration, "colours": dict(found.colours)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
