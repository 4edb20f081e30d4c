"""What the features of a visa say (Doc 9303-7 §9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consular.lib.mrz.formats import FILLER, MRV_A, MRV_B, Format, MRZError, cut, has_form
from consular.lib.mrz.reading import check_digits
from consular.lib.seal import c40
from consular.lib.seal.features import Feature
from consular.lib.seal.results import WrongFormatError

ZONE_A, ZONE_B, ENTRIES, DURATION, PASSPORT, TYPE, ADDITIONAL = range(1, 8)
KNOWN = frozenset(range(1, 8))

SECOND_LINE = 28  # characters of it, up to the check digit of the last day
PASSPORT_LENGTH = 9
SIZES = {
    ZONE_A: range(48, 49),
    ZONE_B: range(44, 45),
    ENTRIES: range(1, 2),
    DURATION: range(3, 4),
    PASSPORT: range(6, 7),
    TYPE: range(1, 5),
    ADDITIONAL: range(255),
}


@dataclass(frozen=True)
class Visa:
    """A visa as its seal tells it.

    `zone` holds the first line of the machine-readable zone and 28 characters of the second; `entries` is 0
    for any number, None where nothing is said; `duration` is days, months, years (0, 0, 0: until the last
    day; 255 three times: decided at the border; 254 three times: transit without entry).
    """

    zone: tuple[str, str]
    duration: tuple[int, int, int]
    passport_number: str
    entries: int | None = None
    type: bytes | None = None
    additional: bytes | None = None

    @property
    def format(self) -> Format:
        return MRV_A if len(self.zone[0]) == MRV_A.length else MRV_B

    @property
    def lines(self) -> tuple[str, str]:
        """Both lines in full length; the optional data, which the seal leaves out, as fillers."""
        return self.zone[0], self.zone[1].ljust(self.format.length, FILLER)

    @property
    def number(self) -> str:
        return cut(self.zone, self.format.number).rstrip(FILLER)

    @property
    def nationality(self) -> str:
        return cut(self.zone, self.format.nationality).rstrip(FILLER)

    @property
    def birth(self) -> str:
        """The holder's birth date as it stands in the zone: six characters."""
        return cut(self.zone, self.format.birth)

    @property
    def zone_holds(self) -> bool:
        """Tell whether it is the zone of a visa whose check digits are right."""
        try:
            return has_form(self.format, self.lines) and all(check_digits(self.format, self.lines).values())
        except MRZError:
            return False

    def as_json(self) -> dict[str, Any]:
        """Return the fields that there are, bytes in hexadecimal."""
        zone = "mrz_mrv_a" if self.format is MRV_A else "mrz_mrv_b"
        fields: dict[str, Any] = {
            zone: list(self.zone),
            "number_of_entries": self.entries,
            "duration_of_stay": list(self.duration),
            "passport_number": self.passport_number,
            "visa_type_hex": None if self.type is None else self.type.hex(),
            "additional_feature_hex": None if self.additional is None else self.additional.hex(),
        }
        return {name: value for name, value in fields.items() if value is not None}


def check(features: Iterable[Feature]) -> dict[int, bytes]:
    """Return value by tag; WrongFormatError when something is missing, twice said or of the wrong size."""
    values = {feature.tag: feature.value for feature in features}
    for tag in values.keys() & KNOWN:
        if len(values[tag]) not in SIZES[tag]:
            raise WrongFormatError(f"tag {tag:02X} has a wrong length")
    if (ZONE_A in values) == (ZONE_B in values):
        raise WrongFormatError("a visa has one of the tags 01 and 02")
    if not {DURATION, PASSPORT} <= values.keys():
        raise WrongFormatError("a visa has the tags 04 and 05")
    return values


def decode(features: Iterable[Feature]) -> Visa:
    """Return the visa; WrongFormatError when `check` finds something, or a text is not C40."""
    values = check(features)
    days, months, years = values[DURATION]
    return Visa(
        zone=_zone(values[ZONE_A], MRV_A) if ZONE_A in values else _zone(values[ZONE_B], MRV_B),
        duration=(days, months, years),
        passport_number=_text(values[PASSPORT], PASSPORT_LENGTH).rstrip(FILLER),
        entries=values[ENTRIES][0] if ENTRIES in values else None,
        type=values.get(TYPE),
        additional=values.get(ADDITIONAL),
    )


def _zone(value: bytes, form: Format) -> tuple[str, str]:
    text = _text(value, form.length + SECOND_LINE)
    return text[: form.length], text[form.length :]


def _text(value: bytes, length: int) -> str:
    text = c40.decode(value)
    if len(text) != length:
        raise WrongFormatError("a text of the wrong length")
    return text


def unknown_tags(features: Iterable[Feature]) -> set[int]:
    return {feature.tag for feature in features} - KNOWN


def encode(visa: Visa, more: Iterable[Feature] = ()) -> tuple[Feature, ...]:
    """Return the features of a visa in the order of their tags, and `more` after them."""
    if not visa.zone_holds:
        raise WrongFormatError("the check digits of the machine-readable zone do not hold")
    if len(visa.passport_number) > PASSPORT_LENGTH:
        raise WrongFormatError(f"a passport number of more than {PASSPORT_LENGTH} characters")
    values = {
        ZONE_A if visa.format is MRV_A else ZONE_B: c40.encode("".join(visa.zone)),
        ENTRIES: None if visa.entries is None else _bytes(visa.entries),
        DURATION: _bytes(*visa.duration),
        PASSPORT: c40.encode(visa.passport_number.ljust(PASSPORT_LENGTH, FILLER)),
        TYPE: visa.type,
        ADDITIONAL: visa.additional,
    }
    features = (*(Feature(tag, value) for tag, value in values.items() if value is not None), *more)
    if decode(features) != visa:
        raise WrongFormatError("a seal would not say the same as these fields")
    return features


def _bytes(*numbers: int) -> bytes:
    try:
        return bytes(numbers)
    except ValueError:
        raise WrongFormatError("a number of entries, days, months or years is 0 to 255") from None
