"""What the portal knows in every embassy, from data/: kinds of visa, purposes, travel documents, groups, sections."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from embassy.settings.identity import SOURCE

DATA = Path(__file__).resolve().parent / "data"
STATE = "{state}"


def read(name: str) -> dict[str, Any]:
    """Return the content of the data file `name`.toml."""
    found: dict[str, Any] = named(tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8")))
    return found


def named(value: Any, language: str = SOURCE) -> Any:
    """Return data with this state's name for `{state}`, in the language that is the key of a text."""
    if isinstance(value, dict):
        return {key: named(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each, language) for each in value]
    names = settings.IDENTITY.state
    return value.replace(STATE, names.get(language, names[SOURCE])) if isinstance(value, str) else value
