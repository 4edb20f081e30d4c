"""What the seal of a visa says (ICAO Doc 9303-7 §9), from its record."""

from collections.abc import Iterable

from django.conf import settings

from consular.lib.seal import visa
from consular.lib.seal.features import Feature
from visas.issuance.models import EVisa
from visas.policy.status import Entries
from visas.seals import signing
from visas.seals.models import SignerKey

STATUS = 0x90  # Our own tag: list (2 bytes) and index (3)
ENTRIES = {Entries.ONE: 1, Entries.TWO: 2, Entries.MULTIPLE: 0}  # 0: any number
MOST_DAYS, DAYS_A_MONTH = 255, 31


def sealed(evisa: EVisa) -> tuple[bytes, SignerKey]:
    """Return the seal and the key that made it. `WrongFormatError` when the record does not fit into one."""
    return signing.seal(features(evisa), country=settings.ISSUING_STATE, issued_on=evisa.issued_at.date())


def features(evisa: EVisa) -> Iterable[Feature]:
    return visa.encode(content(evisa), [Feature(STATUS, place(evisa))])


def content(evisa: EVisa) -> visa.Visa:
    """Return what the seal says of the holder and of what the visa allows."""
    first, second = evisa.mrz_lines
    return visa.Visa(
        zone=(first, second[: visa.SECOND_LINE]),
        duration=duration(evisa.stay_days),
        passport_number=evisa.application.traveller.passport_number[: visa.PASSPORT_LENGTH],
        entries=ENTRIES[Entries(evisa.entries)],
        type=evisa.category.encode("ascii")[:4] or None,
    )


def duration(days: int) -> tuple[int, int, int]:
    """Return days, months and years that never are more than the days granted, and the same for months of 31."""
    months = -(-max(0, days - MOST_DAYS) // DAYS_A_MONTH)
    return days - DAYS_A_MONTH * months, months, 0


def place(evisa: EVisa) -> bytes:
    return (evisa.status_list or 0).to_bytes(2, "big") + (evisa.status_index or 0).to_bytes(3, "big")
