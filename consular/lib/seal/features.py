"""The message zone: tagged values in any order, each tag once."""

from dataclasses import dataclass
from typing import Any

from consular.lib.seal import der
from consular.lib.seal.results import WrongFormatError

SIGNATURE = 0xFF  # the tag that ends the message zone


@dataclass(frozen=True)
class Feature:
    """One value as it was received."""

    tag: int
    value: bytes

    def as_json(self) -> dict[str, Any]:
        return {"tag": self.tag, "value": self.value.hex()}


def decode(data: bytes, place: int, *, version: int) -> tuple[tuple[Feature, ...], int]:
    """Read the features from `place` on; return them and the place of the tag of the signature."""
    found: dict[int, Feature] = {}
    while (tag := der.byte_at(data, place)) != SIGNATURE:
        value, place = value_at(data, place + 1, version=version)
        if tag in found:
            raise WrongFormatError(f"tag {tag:02X} twice")
        found[tag] = Feature(tag, value)
    return tuple(found.values()), place


def value_at(data: bytes, place: int, *, version: int) -> tuple[bytes, int]:
    """Read a length and so many bytes; return them and the place after them."""
    size, begin = der.decode(data, place, version=version)
    value = data[begin : begin + size]
    if len(value) != size:
        raise WrongFormatError("it ends in a value")
    return value, begin + size


def encode(features: tuple[Feature, ...]) -> bytes:
    """Return the features of a seal of version 4, in the order given."""
    tags = [feature.tag for feature in features]
    if len(set(tags)) != len(tags) or not all(0 <= tag < SIGNATURE for tag in tags):
        raise WrongFormatError("a tag is 0 to 254, each once")
    return b"".join(bytes([each.tag]) + der.encode(len(each.value)) + each.value for each in features)
