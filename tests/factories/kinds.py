"""A service for tests of casework, which knows no real one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms

from consular.cases import kinds
from consular.cases.kinds import Finding, Ground, Panel, Row
from consular.cases.status import CheckResult
from consular.ui.fields import DateField, IntegerField
from consular.ui.forms import Form

CHECKS = {
    "name": "The name agrees with the passport",
    "surname": "Surname",
    "expiry": "The passport is valid long enough",
    "expires": "Valid until",
    "needed": "Needed until",
}


class Conditions(Form):
    days = IntegerField(label="Days", min_value=1, max_value=90)
    from_on = DateField(label="From", required=False)


class SampleKind:
    """Remembers what it was asked to bring about in `approved`; `findings` may be set by a test."""

    code = "visa"

    def __init__(self) -> None:
        self.approved: list[tuple[Any, Any]] = []
        self.findings = [
            Finding(
                "name",
                CheckResult.FAILED,
                {"surname": "AZAD | AZADI", "": "P<QNRAZADI<<SHIRIN\nN1234561<9QNR"},
            ),
            Finding("expiry", CheckResult.LOOK, {"expires": "2027-01-31", "needed": "2027-03-01"}),
        ]

    def label(self, case: Any) -> str:
        return "Sample visa"

    def panels(self, case: Any) -> list[Panel]:
        return [
            Panel(
                "The traveller",
                [Row("Surname", "AZAD", source="passport", direction="ltr"), Row("City", "Dorun")],
            ),
            Panel("The journey", [Row("Purpose", "To see the gardens")]),
        ]

    def checks(self, case: Any) -> list[Finding]:
        return self.findings

    def check_label(self, code: str) -> str:
        return CHECKS.get(code, code)

    def document_label(self, purpose: str) -> str:
        return {"passport": "Passport data page", "itinerary": "Itinerary"}[purpose]

    def document_purposes(self, case: Any) -> list[tuple[str, str]]:
        return [("itinerary", "Itinerary"), ("means", "Means of support")]

    def grounds(self) -> list[Ground]:
        return [
            Ground("purpose", "The purpose of the stay is not clear"),
            Ground("means", "The means do not suffice"),
        ]

    def decision_form(self, case: Any) -> type[forms.Form]:
        return Conditions

    def condition_rows(self, case: Any, conditions: dict[str, Any]) -> list[Row]:
        return [Row("Days", str(conditions.get("days", "")))]

    def on_approved(self, case: Any, decision: Any) -> None:
        self.approved.append((case, decision))

    def results(self, case: Any) -> list[tuple[str, str]]:
        return []

    def correct_url(self, case: Any) -> str:
        return ""

    def papers(self, case: Any) -> list[tuple[str, str]]:
        return []


@contextmanager
def installed(kind: SampleKind) -> Iterator[SampleKind]:
    """Let `kind` stand in for the service of the same code."""
    before = dict(kinds._KINDS)
    kinds.register(kind)
    try:
        yield kind
    finally:
        kinds._KINDS.clear()
        kinds._KINDS.update(before)
