"""What missions ask of a photo, read from a file: `photo.toml` here explains its lines."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("photo.toml")

Range = tuple[float, float]
RANGES, NUMBERS = {"size", "head", "eyes", "bytes"}, {"shortest", "longest", "months"}


class UnusableError(ValueError):
    """The file cannot be used; the text says what is wrong."""


@dataclass(frozen=True)
class Specification:
    """What one kind of photo must be; the shares are in percent of the picture's height."""

    code: str
    size: Range
    shortest: int
    longest: int
    head: Range
    eyes: Range
    months: int
    bytes: Range | None = None

    @property
    def shape(self) -> float:
        """Width by height."""
        return self.size[0] / self.size[1]


@dataclass(frozen=True)
class Rules:
    """The specifications by code, and which mission asks for which."""

    default: str
    missions: Mapping[str, str]
    specifications: Mapping[str, Specification]

    def of_mission(self, code: str | None) -> Specification:
        """Return what a mission asks for; the default for any that says nothing."""
        return self.specifications[self.missions.get(code or "", self.default)]

    def named(self, code: str | None) -> Specification:
        """Return a specification by its code; the default where it is no longer there."""
        return self.specifications.get(code or "", self.specifications[self.default])


@lru_cache(maxsize=8)
def read(path: Path) -> Rules:
    """Read and check a file, once a process."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {code: _specification(code, lines) for code, lines in table["specifications"].items()}
        rules = Rules(table["default"], dict(table.get("missions", {})), known)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UnusableError(f"{path}: {error}") from error
    strange = {rules.default, *rules.missions.values()} - set(known)
    if strange:
        raise UnusableError(f"{path}: there is no specification {', '.join(sorted(strange))}")
    return rules


def _specification(code: str, lines: dict[str, Any]) -> Specification:
    unknown = set(lines) - {field.name for field in fields(Specification)}
    if unknown:
        raise ValueError(f"{code} does not know {', '.join(sorted(unknown))}")
    pairs = {name: _range(code, name, lines[name]) for name in RANGES & set(lines)}
    if not all(type(lines[name]) is int for name in NUMBERS):
        raise TypeError(f"{', '.join(sorted(NUMBERS))} of {code} are whole numbers")
    return Specification(code=code, **{**lines, **pairs})


def _range(code: str, name: str, value: list[Any]) -> Range:
    low, high = value
    if not all(type(each) in (int, float) and each >= 0 for each in value) or (name != "size" and low > high):
        raise ValueError(f"{name} of {code} is no range")
    return low, high
