"""Machine-readable zones after ICAO Doc 9303, parts 3 to 7: reading, checking, writing.

Formats: TD1 (3 lines of 30, cards), TD2 (2 × 36), TD3 (2 × 44, passports), MRV-A (2 × 44) and
MRV-B (2 × 36, visas). `parse` is strict about the form and tells which check digits hold;
whoever reads from a picture decides on `MRZ.valid`. No models, no Django.
"""

from consular.lib.mrz.formats import Format, MRZError, check_digit
from consular.lib.mrz.names import name_field, names_agree
from consular.lib.mrz.reading import MRZ, birth_date, expiry_date, parse
from consular.lib.mrz.writing import mrv_a, mrv_b, td1, td2, td3
from consular.lib.transliteration import transliterate

__all__ = [
    "MRZ",
    "Format",
    "MRZError",
    "birth_date",
    "check_digit",
    "expiry_date",
    "mrv_a",
    "mrv_b",
    "name_field",
    "names_agree",
    "parse",
    "td1",
    "td2",
    "td3",
    "transliterate",
]
