"""What was submitted, as one record that its digest vouches for, and every version of it since.

A record is JSON in the canonical form of RFC 8785: keys in order, no spaces, UTF-8. docs/formats/application-copy.md
says what is in it. It is made of what never changes, so it reads the same for ever: a copy is right whose SHA-256
is the digest on the receipt.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from consular.questionnaires.filling import Filling
from consular.questionnaires.models import AnswerSheet
from visas.applications.context import Context
from visas.applications.corrections import Change, changes
from visas.applications.models import Consent, VisaApplication

FORMAT = "visa-application-copy/1"
MOST_BYTES = 2_000_000  # Of a file that is to be checked

Record = dict[str, Any]


@dataclass(frozen=True)
class Version:
    """What an application said from one moment on: as submitted (number 1), or as corrected since `previous`."""

    application: VisaApplication
    number: int
    sheet: AnswerSheet
    at: datetime
    previous: "Version | None" = None

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @cached_property
    def filling(self) -> Filling:
        """The answers as they were asked for on their day."""
        application = self.application
        return self.sheet.filling(Context(application.category, application.residence, self.sheet.day, None))

    @cached_property
    def changes(self) -> list[Change]:
        """What the correction changed; nothing in what was submitted first."""
        return changes(self.previous.filling, self.filling) if self.previous else []

    @cached_property
    def consents(self) -> list[Consent]:
        return list(self.application.consents.filter(agreed_at=self.at).select_related("revision"))

    @cached_property
    def documents(self) -> list[tuple[str, str]]:
        """What came with the application, as (purpose, SHA-256 of the file)."""
        attached = self.application.submitted_case.attachments.filter(item=None)
        return sorted(attached.values_list("purpose", "document__sha256"))

    @cached_property
    def record(self) -> Record:
        application, revision = self.application, self.sheet.revision
        by_others = filled_in_by_others(self.sheet)
        return {
            "format": FORMAT,
            "reference": application.submitted_case.reference,
            "version": self.number,
            "given_at": moment(self.at),
            "category": application.category,
            "residence": application.residence,
            "mission": application.mission.code,
            "questionnaire": {"code": revision.questionnaire.code, "revision": revision.number},
            "answers": answers(self.sheet),
            "documents": [{"purpose": purpose, "sha256": sha256} for purpose, sha256 in self.documents],
            "declarations": [self._declaration(consent) for consent in self.consents],
            **({"filled_in_by_representative": by_others} if by_others else {}),
        }

    def _declaration(self, consent: Consent) -> Record:
        is_own = consent.by_id == self.application.applicant_id
        return {
            "question": consent.question,
            "text": consent.text,
            "language": consent.language,
            "agreed_at": moment(consent.agreed_at),
            "by": "applicant" if is_own else "representative",
        }

    @cached_property
    def content(self) -> bytes:
        """The record as the file that is given out: its SHA-256 is the digest."""
        return canonical(self.record)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def answers(sheet: AnswerSheet) -> Record:
    """Return what a frozen sheet holds, by the questions' ids; what was left empty is left out."""
    rows = sheet.answers.filter(row=0, value__isnull=False)
    return dict(rows.values_list("question", "value"))


def filled_in_by_others(sheet: AnswerSheet) -> list[str]:
    """Return the questions that somebody else answered in the applicant's place; without names, which may change."""
    rows = sheet.answers.filter(row=0, value__isnull=False, saved_by__isnull=False)
    return sorted(rows.values_list("question", flat=True))


def canonical(record: Any) -> bytes:
    """Return JSON in the form of RFC 8785; our records hold no fractions and only plain keys."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def versions(application: VisaApplication) -> list[Version]:
    """Return what was submitted and every correction of it, oldest first."""
    sent = list(
        application.corrections.filter(sent_at__isnull=False)
        .select_related("before__revision__questionnaire", "after__revision__questionnaire")
        .order_by("sent_at")
    )
    first = sent[0].before if sent else application.sheet
    moments = [(first, application.submitted_at), *((each.after, each.sent_at) for each in sent)]
    found: list[Version] = []
    for number, (sheet, at) in enumerate(moments, 1):
        if at is not None:
            found.append(Version(application, number, sheet, at, found[-1] if found else None))
    return found


def found_in(known: Iterable[Version], content: bytes) -> Version | None:
    """Return the version that a file is a copy of, however its JSON is laid out; None when it is of none."""
    try:
        digest = hashlib.sha256(canonical(json.loads(content, object_pairs_hook=_each_key_once))).hexdigest()
    except (ValueError, RecursionError):
        return None
    return next((version for version in known if version.digest == digest), None)


def _each_key_once(pairs: list[tuple[str, Any]]) -> Record:
    """Refuse a key that comes twice: two readers would read two things."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)
