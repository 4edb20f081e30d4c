"""What a share code shows: by its purpose, and no more (docs/decisions/0037)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consular.lib.references import ALPHABET
from consular.ui.templatetags.ui import day, digits
from visas.issuance.models import EVisa
from visas.policy import rules as policy
from visas.verification.models import Share
from visas.verification.secrets_kept import CODE_LENGTH, digests
from visas.verification.status import FIELDS, Purpose

CODE = "share"
MOST_OPEN = 20  # codes of a visa

LABELS = {
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "nationality": _("Nationality"),
    "passport_number": _("Passport number"),
    "category": _("Type of visa"),
    "valid_from": _("Valid from"),
    "valid_until": _("Valid until"),
    "entries": _("Entries"),
    "stay_days": _("Days of stay"),
}


@dataclass(frozen=True)
class Row:
    label: Any
    value: str
    is_code: bool = False


def parse_code(typed: str) -> str | None:
    """Return the code in what a person typed in capitals and Latin digits; None when it cannot be one."""
    plain = "".join(character for character in typed if character.isalnum())
    is_code = len(plain) == CODE_LENGTH + 1 and plain[0] in Purpose.values and set(plain[1:]) <= set(ALPHABET)
    return plain if is_code else None


def find(code: str, birth_on: date, *, at: datetime) -> Share | None:
    """Return what a code opens for who knows the holder's birth date: one query, whatever of the two is wrong."""
    related = ("evisa__application__traveller",)
    return (
        Share.objects.open_at(at)
        .filter(digest__in=digests(code, CODE), evisa__application__traveller__birth_on=birth_on)
        .exclude(evisa__paper="")
        .select_related(*related)
        .first()
    )


def rows(share: Share) -> Iterable[Row]:
    """Yield what this purpose shows of the visa."""
    for name in FIELDS[share.purpose]:
        yield row(share.evisa, name)


def row(evisa: EVisa, name: str) -> Row:
    values = {
        "category": lambda: str(policy.category(evisa.category).name),
        "valid_from": lambda: day(evisa.valid_from),
        "valid_until": lambda: day(evisa.valid_until),
        "entries": lambda: str(evisa.get_entries_display()),
        "stay_days": lambda: digits(evisa.stay_days),
    }
    made = values.get(name)
    value = made() if made else getattr(evisa.application.traveller, name)
    return Row(LABELS[name], value, is_code=made is None)


def shown_to(purpose: str) -> list[Any]:
    """Return the names of what somebody gets to see, for the holder who decides."""
    return [LABELS[name] for name in FIELDS[purpose]]
