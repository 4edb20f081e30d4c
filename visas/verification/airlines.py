"""What an airline is told at the gate: board, do not board, or ask us first, with ICAO's word and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from consular.lib.seal import comparing, verifying
from consular.lib.seal.results import VALID, Word
from visas.issuance.models import EVisa
from visas.issuance.sealing import STATUS, place
from visas.issuance.status import Standing
from visas.seals.trusting import our_trust
from visas.verification.models import AirlineKey
from visas.verification.secrets_kept import digests
from visas.verification.status import Board

KEY = "airline"
ASK = {Word.READ_ERROR, Word.EXPIRED_CERTIFICATE}  # ICAO: medium potential of fraud
BOARDS = {
    Standing.IN_FORCE: Board.BOARD,
    Standing.NOT_YET: Board.REFER,
    Standing.SUSPENDED: Board.REFER,
}


@dataclass(frozen=True)
class Answer:
    """`standing` is what the visa is worth today, None when there is none to speak of."""

    board: Board
    word: str
    standing: Standing | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": str(self.board),
            "word": self.word,
            "standing": self.standing and str(self.standing),
        }


def key_of(secret: str) -> AirlineKey | None:
    """Return the key that an airline showed, unless it was revoked."""
    return AirlineKey.objects.filter(digest__in=digests(secret, KEY), revoked_at=None).first()


def by_seal(seal: bytes, passport_number: str | None, *, on: date) -> Answer:
    """Judge a seal, and the visa that it is the seal of."""
    verdict = verifying.verify(seal, our_trust(), at=on)
    if not verdict.is_valid or verdict.seal is None or verdict.visa is None:
        asks = set(verdict.words) <= {*ASK, Word.UNKNOWN_FEATURE}
        return Answer(Board.REFER if asks else Board.DO_NOT_BOARD, verdict.result)
    if passport_number is not None and not comparing.is_number(verdict.visa, passport_number):
        return Answer(Board.DO_NOT_BOARD, Word.SEAL_PASSPORT_MISMATCH)
    evisa = sealed_visa(verdict.visa.number)
    if evisa is None or verdict.seal.value(STATUS) != place(evisa):
        return Answer(Board.REFER, verdict.result)
    return standing(evisa, on)


def by_numbers(visa_number: str, passport_number: str, *, on: date) -> Answer:
    """Judge a visa by its number and that of its passport; one answer, whichever of the two is wrong."""
    evisa = sealed_visa(visa_number, application__traveller__passport_number=passport_number)
    return standing(evisa, on) if evisa else Answer(Board.DO_NOT_BOARD, Word.SEAL_PASSPORT_MISMATCH)


def sealed_visa(number: str, **more: Any) -> EVisa | None:
    """Return the visa with this number, if its paper is out."""
    return EVisa.objects.filter(~Q(paper=""), number=number, **more).first()


def standing(evisa: EVisa, on: date) -> Answer:
    found = evisa.standing(on)
    return Answer(BOARDS.get(found, Board.DO_NOT_BOARD), VALID, found)
