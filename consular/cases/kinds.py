"""How a service plugs into casework: it registers one `CaseKind`. Casework never imports a service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.forms import Form

    from consular.cases.models import Case, Decision


@dataclass(frozen=True)
class Row:
    """One answer on the case page. `source` says where it came from (typed, passport …), '' when typed.

    `before` is what the answer was before the applicant corrected it, None in rows that are no correction; `by` says
    who gave it in the applicant's place, '' where that was the applicant.
    """

    label: str
    value: str
    source: str = ""
    direction: str = ""
    before: str | None = None
    by: str = ""


@dataclass(frozen=True)
class Panel:
    """One titled table of rows on the case page; a comparison shows each answer beside what it was before."""

    title: str
    rows: list[Row] = field(default_factory=list)

    @property
    def is_comparison(self) -> bool:
        return any(row.before is not None for row in self.rows)


@dataclass(frozen=True)
class Finding:
    """What one automatic check found, in codes and values, whatever language it ran in.

    `evidence` maps a code, whose words `check_label` knows, to a value; `said | found` is shown side by side, a date
    in ISO form in the officer's words. The code "" marks lines of a machine-readable zone.
    """

    code: str
    result: str
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """A reason for refusal, as a code with the words that the applicant reads."""

    code: str
    text: str


BESIDE = " | "  # Between what the applicant said and what a document says


class CaseKind(Protocol):
    """What casework asks of a service."""

    code: str

    def label(self, case: "Case") -> str:
        """Return what the case is about by its category, in the active language: "Tourist visa"."""

    def panels(self, case: "Case") -> list[Panel]:
        """Return the answers as submitted, in the active language."""

    def checks(self, case: "Case") -> Iterable[Finding]:
        """Run every automatic check; pure reading, called by the owed task and again when documents change."""

    def check_label(self, code: str) -> str:
        """Return the words for the code of a check, of a piece of its evidence or of its value; else the code."""

    def document_label(self, purpose: str) -> str:
        """Return the words for a document's purpose."""

    def document_purposes(self, case: "Case") -> list[tuple[str, str]]:
        """Return the (code, label) of the documents that an officer may ask for."""

    def grounds(self) -> list[Ground]:
        """Return the reasons for which this service refuses."""

    def decision_form(self, case: "Case") -> "type[Form]":
        """Return the form of the conditions of an approval (entries, days, dates), validated against policy."""

    def condition_rows(self, case: "Case", conditions: dict[str, Any]) -> list[Row]:
        """Return the conditions of an approval in words."""

    def on_approved(self, case: "Case", decision: "Decision") -> None:
        """Owe what an approval leads to; called inside the decision's transaction."""

    def results(self, case: "Case") -> list[tuple[str, str]]:
        """Return (label, URL) of what the applicant may download after a decision, such as the e-visa."""

    def correct_url(self, case: "Case") -> str:
        """Return where the applicant of an open case corrects answers; '' where the service lets nobody."""

    def papers(self, case: "Case") -> list[tuple[str, str]]:
        """Return (label, URL) of the applicant's papers on the case, such as the receipt."""


_KINDS: dict[str, CaseKind] = {}


def register(kind: CaseKind) -> None:
    """Add a service; its code is what `Case.kind` holds."""
    _KINDS[kind.code] = kind


def kind_of(case: "Case") -> CaseKind:
    """Return the service that a case belongs to; KeyError means that it is not installed."""
    return _KINDS[case.kind]


def labels(cases: "Iterable[Case]") -> list[tuple["Case", str]]:
    """Return each case with its label; a list asks its services once for each category."""
    known: dict[tuple[str, str], str] = {}
    found = []
    for case in cases:
        about = case.kind, case.category
        if about not in known:
            known[about] = kind_of(case).label(case)
        found.append((case, known[about]))
    return found
