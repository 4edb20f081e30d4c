"""What a check answers: pure questions, and no more about the holder than was asked."""

import secrets
from dataclasses import dataclass
from datetime import date

from visas.issuance.models import EVisa
from visas.issuance.status import Standing

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """`result` is a `Standing` or `UNKNOWN`; `evisa` is None when unknown.

    `passport_agrees` answers whether the passport number given is the one in the visa; None: not asked.
    """

    result: str
    evisa: EVisa | None = None
    passport_agrees: bool | None = None

    @property
    def is_good(self) -> bool:
        return self.result == Standing.IN_FORCE and self.passport_agrees is not False


def by_birth_date(number: str, birth_on: date, *, on: date) -> Verdict:
    """Check a number with its holder's birth date: a wrong number and a wrong date give the same answer."""
    evisa = find(number)
    agrees = evisa is not None and evisa.application.traveller.birth_on == birth_on
    return Verdict(evisa.standing(on), evisa) if evisa and agrees else Verdict(UNKNOWN)


def by_code(number: str, token: str, *, on: date) -> Verdict:
    """Check the code printed on the paper."""
    evisa = find(number)
    genuine = evisa is not None and secrets.compare_digest(evisa.check_token.encode(), token.encode())
    return Verdict(evisa.standing(on), evisa) if evisa and genuine else Verdict(UNKNOWN)


def with_passport(verdict: Verdict, passport_number: str) -> Verdict:
    """Add whether the visa belongs to this passport."""
    if verdict.evisa is None:
        return verdict
    agrees = verdict.evisa.application.traveller.passport_number == passport_number
    return Verdict(verdict.result, verdict.evisa, passport_agrees=agrees)


def find(number: str) -> EVisa | None:
    """Return the e-visa with this number; one whose paper is not yet made does not count as issued."""
    issued = EVisa.objects.exclude(paper="").select_related(
        "application__traveller", "application__case__mission"
    )
    return issued.filter(number=number).first()
