"""What a check of a seal answers: ICAO's words (Doc 9303-13 appendix D, 9303-7 §9.4), the gravest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consular.lib.seal.reading import Seal
    from consular.lib.seal.visa import Visa

VALID = "VALID"


class WrongFormatError(ValueError):
    """The bytes are not a seal, or the values do not fit into one."""


class Word(StrEnum):
    """ICAO's status sub-indications, in the order in which one goes before another as the result."""

    # High potential of fraud
    WRONG_FORMAT = "WRONG_FORMAT"
    UNKNOWN_CERTIFICATE = "UNKNOWN_CERTIFICATE"
    UNTRUSTED_CERTIFICATE = "UNTRUSTED_CERTIFICATE"
    INVALID_DOCUMENTTYPE = "INVALID_DOCUMENTTYPE"
    REVOKED_CERTIFICATE = "REVOKED_CERTIFICATE"
    INVALID_SIGNATURE = "INVALID_SIGNATURE"
    INVALID_VISA_MRZ = "INVALID_VISA_MRZ"
    SEAL_VISA_MISMATCH = "SEAL_VISA_MISMATCH"
    INVALID_PASSPORT_MRZ = "INVALID_PASSPORT_MRZ"
    SEAL_PASSPORT_MISMATCH = "SEAL_PASSPORT_MISMATCH"
    # Medium
    READ_ERROR = "READ_ERROR"
    EXPIRED_CERTIFICATE = "EXPIRED_CERTIFICATE"
    # None: it stands beside VALID
    UNKNOWN_FEATURE = "UNKNOWN_FEATURE"


PLACES = {word: place for place, word in enumerate(Word)}


@dataclass(frozen=True)
class Verdict:
    """The answer about one seal: every word that applies, and what the seal says as far as it can be read."""

    words: tuple[Word, ...]
    seal: "Seal | None" = None
    visa: "Visa | None" = None

    @classmethod
    def of(cls, words: Iterable[Word], seal: "Seal | None" = None, visa: "Visa | None" = None) -> "Verdict":
        return cls(tuple(sorted(set(words), key=PLACES.__getitem__)), seal, visa)

    @property
    def is_valid(self) -> bool:
        return not set(self.words) - {Word.UNKNOWN_FEATURE}

    @property
    def result(self) -> str:
        """VALID, or the gravest word."""
        return VALID if self.is_valid else str(self.words[0])

    def having(self, words: Iterable[Word]) -> "Verdict":
        """Return the same verdict with more words."""
        return Verdict.of({*self.words, *words}, self.seal, self.visa)

    def as_json(self) -> dict[str, Any]:
        """Return what machines get. The keys are described in docs/formats/seal.md."""
        return {
            "result": self.result,
            "sub_indications": [str(word) for word in self.words],
            "header": self.seal.header.as_json() if self.seal else None,
            "features": [feature.as_json() for feature in self.seal.features] if self.seal else [],
            "visa": self.visa.as_json() if self.visa else None,
        }
