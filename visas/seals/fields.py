"""The fields of a visa's seal as JSON, in the words that `seal_verify` prints (docs/formats/seal.md)."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from consular.lib import mrz
from consular.lib.mrz import MRZError
from consular.lib.mrz.formats import MRV_A, MRV_B
from consular.lib.seal import visa, writing
from consular.lib.seal.features import Feature
from consular.lib.seal.header import VISA
from consular.lib.seal.results import WrongFormatError

HEADER = {"country", "signer", "cert_ref", "issue_date", "signature_date"}
TOLD = {"version": 4, "version_byte": 3, "feature_definition_ref": VISA[0], "document_type_category": VISA[1]}
ZONES = {"mrz_mrv_a": mrz.mrv_a, "mrz_mrv_b": mrz.mrv_b}
LENGTHS = {"mrz_mrv_a": MRV_A.length, "mrz_mrv_b": MRV_B.length}
HOLDER = {
    "code", "state", "surname", "given_names", "number", "nationality", "birth", "sex", "expiry", "optional",
}  # fmt: skip
REST = {
    "number_of_entries", "duration_of_stay", "passport_number", "visa_type_hex", "additional_feature_hex",
}  # fmt: skip
NAMES_OF_TYPES = {str: "text", int: "a number", list: "a list", dict: "an object", bool: "true or false"}


class WrongFieldsError(ValueError):
    """The fields are not those of a seal; the message says which and why."""


@dataclass(frozen=True)
class Fields:
    """What is to be signed, and the signature if somebody else has made it."""

    signed: bytes
    signature: bytes | None


def parse(text: str) -> Fields:
    """Return what the JSON asks for; WrongFieldsError with words for whoever wrote it."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongFieldsError(f"This is not JSON: {error}") from None
    whole = _typed(raw, dict, "the input")
    head = _header(whole)
    try:
        signed = writing.to_be_signed(_message(whole), test=_get(whole, "test", bool, default=False), **head)
    except (WrongFormatError, MRZError) as error:
        raise WrongFieldsError(f"These fields make no seal: {error}.") from None
    signature = _get(whole, "signature", str, default=None)
    return Fields(signed, None if signature is None else _bytes(signature, "signature"))


def _header(whole: dict[str, Any]) -> dict[str, Any]:
    head = _get(whole, "header", dict)
    _only(head, HEADER | set(TOLD) | {"header_length"}, "header")
    for name, value in TOLD.items():
        if head.get(name, value) != value:
            raise WrongFieldsError(
                f"header.{name} can only be {value}: seals of version 4 for visas are written."
            )
    return {
        "country": _get(head, "country", str, at="header."),
        "signer": _get(head, "signer", str, at="header."),
        "reference": _get(head, "cert_ref", str, at="header."),
        "issued_on": _date(_get(head, "issue_date", str, at="header."), "header.issue_date"),
        "signed_on": _date(_get(head, "signature_date", str, at="header."), "header.signature_date"),
    }


def _message(whole: dict[str, Any]) -> tuple[Feature, ...]:
    """Return the features: as listed where those of a visa are, else made of the visa, with what is listed after them."""
    listed = tuple(_feature(each) for each in _get(whole, "features", list, default=[]))
    said = _visa(whole["visa"]) if whole.get("visa") is not None else None
    if not {each.tag for each in listed} & visa.KNOWN:
        if said is None:
            raise WrongFieldsError("visa is missing.")
        return visa.encode(said, listed)
    made = visa.decode(listed)
    if said not in (None, made):
        raise WrongFieldsError("visa and features do not say the same.")
    if not made.zone_holds:
        raise WrongFieldsError("The check digits of the machine-readable zone do not hold.")
    return listed


def _feature(raw: Any) -> Feature:
    each = _typed(raw, dict, "a feature")
    value = each.get("value", each.get("value_hex"))
    return Feature(
        _get(each, "tag", int, at="features."), _bytes(_typed(value, str, "features.value"), "features.value")
    )


def _visa(raw: Any) -> visa.Visa:
    fields = _typed(raw, dict, "visa")
    _only(fields, REST | set(ZONES), "visa")
    duration = _get(fields, "duration_of_stay", list, at="visa.")
    if len(duration) != 3 or not all(type(each) is int for each in duration):  # noqa: PLR2004 - days, months, years
        raise WrongFieldsError("visa.duration_of_stay is three numbers: days, months, years.")
    kind, additional = (fields.get(name) for name in ("visa_type_hex", "additional_feature_hex"))
    return visa.Visa(
        zone=_zone(fields),
        duration=(duration[0], duration[1], duration[2]),
        passport_number=_get(fields, "passport_number", str, at="visa.").rstrip("<"),
        entries=_get(fields, "number_of_entries", int, at="visa.", default=None),
        type=None if kind is None else _bytes(kind, "visa.visa_type_hex"),
        additional=None if additional is None else _bytes(additional, "visa.additional_feature_hex"),
    )


def _zone(fields: dict[str, Any]) -> tuple[str, str]:
    """Return the two lines as a seal holds them, from the lines or from what stands in them."""
    names = fields.keys() & ZONES
    if len(names) != 1:
        raise WrongFieldsError("A visa has mrz_mrv_a or mrz_mrv_b.")
    name = names.pop()
    given, length = fields[name], LENGTHS[name]
    lines = _lines(name, given) if isinstance(given, dict) else _typed(given, list, f"visa.{name}")
    if [len(line) if isinstance(line, str) else 0 for line in lines] not in (
        [length, visa.SECOND_LINE],
        [length, length],
    ):
        raise WrongFieldsError(
            f"visa.{name} is a line of {length} and one of {visa.SECOND_LINE} or {length}, or what stands in them."
        )
    return lines[0], lines[1][: visa.SECOND_LINE]


def _lines(name: str, holder: dict[str, Any]) -> list[str]:
    _only(holder, HOLDER, f"visa.{name}")
    values = {key: _get(holder, key, str, at=f"visa.{name}.") for key in holder}
    for key in ("birth", "expiry"):
        if "-" in values.get(key, ""):
            values[key] = f"{_date(values[key], f'visa.{name}.{key}'):%y%m%d}"
    for key in ("state", "surname", "number", "nationality", "birth", "sex", "expiry"):
        _get(values, key, str, at=f"visa.{name}.")
    return list(ZONES[name](**values))


# What JSON gives


_REQUIRED: Any = object()


def _get(fields: dict[str, Any], name: str, kind: type, *, at: str = "", default: Any = _REQUIRED) -> Any:
    value = fields.get(name)
    if value is None:
        if default is _REQUIRED:
            raise WrongFieldsError(f"{at}{name} is missing.")
        return default
    return _typed(value, kind, at + name)


def _typed(value: Any, kind: type, name: str) -> Any:
    if type(value) is not kind:
        raise WrongFieldsError(f"{name} is not {NAMES_OF_TYPES[kind]}.")
    return value


def _only(fields: dict[str, Any], known: set[str], name: str) -> None:
    if unknown := fields.keys() - known:
        raise WrongFieldsError(f"{name} has no {min(unknown)!r}; it has {', '.join(sorted(known))}.")


def _date(text: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise WrongFieldsError(f"{name} is not a date YYYY-MM-DD.") from None


def _bytes(text: Any, name: str) -> bytes:
    try:
        return bytes.fromhex(_typed(text, str, name))
    except ValueError:
        raise WrongFieldsError(f"{name} is not hexadecimal.") from None
