"""Whether a seal belongs to the visa that it is printed on, and to the passport that is shown (Doc 9303-7 §9.4)."""

import datetime as dt
from collections.abc import Sequence

from consular.lib import mrz
from consular.lib.mrz import MRZ, MRZError
from consular.lib.mrz.formats import FILLER
from consular.lib.seal.results import Word
from consular.lib.seal.visa import PASSPORT_LENGTH, SECOND_LINE, Visa

PASSPORTS = frozenset({"TD1", "TD2", "TD3"})
VISAS = frozenset({"MRV-A", "MRV-B"})


def with_printed_visa(visa: Visa, lines: Sequence[str], *, today: dt.date) -> set[Word]:
    """Compare with the zone printed on the visa: the first line, and the second up to the optional data."""
    zone = _zone(lines, today, VISAS)
    if zone is None:
        return {Word.INVALID_VISA_MRZ}
    printed = zone.lines[0], zone.lines[1][:SECOND_LINE]
    return set() if printed == visa.zone else {Word.SEAL_VISA_MISMATCH}


def with_passport_zone(visa: Visa, lines: Sequence[str], *, today: dt.date) -> set[Word]:
    """Compare with the passport's zone: the number of the passport, the holder's nationality and birth date."""
    zone = _zone(lines, today, PASSPORTS)
    if zone is None:
        return {Word.INVALID_PASSPORT_MRZ}
    same = (visa.nationality, visa.birth) == (zone.nationality, zone.birth)
    return set() if same and is_number(visa, zone.number) else {Word.SEAL_PASSPORT_MISMATCH}


def with_passport(visa: Visa, *, number: str, nationality: str) -> set[Word]:
    """Compare with what somebody typed from the passport: its number and the holder's nationality."""
    same = is_number(visa, number) and visa.nationality == nationality.strip().upper()
    return set() if same else {Word.SEAL_PASSPORT_MISMATCH}


def _zone(lines: Sequence[str], today: dt.date, formats: frozenset[str]) -> MRZ | None:
    try:
        zone = mrz.parse(lines, today=today)
    except MRZError:
        return None
    return zone if zone.format in formats and all(zone.checks.values()) else None


def is_number(visa: Visa, presented: str) -> bool:
    """Compare the passport's number: the characters that a seal has room for, letters and digits alone."""
    kept = "".join(
        character for character in presented.upper() if character.isascii() and character.isalnum()
    )
    return visa.passport_number.replace(FILLER, "") == kept[:PASSPORT_LENGTH]
