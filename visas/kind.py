"""The visa service as casework sees it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.forms import Field, Form
from django.urls import reverse
from django.utils.translation import gettext

from consular.cases.kinds import Finding, Ground as GroundOfRefusal, Panel, Row
from consular.cases.models import Case, Decision
from consular.ui.templatetags.ui import day, digits
from visas.applications import checks, corrections_checks, paper_checks
from visas.applications.corrections_panels import corrected, declared
from visas.applications.mandates_panels import acting
from visas.applications.models import VisaApplication
from visas.applications.party_panels import together
from visas.applications.summary import panels
from visas.issuance.actions.owe import owe_evisa
from visas.issuance.forms import ConditionsForm
from visas.issuance.models import EVisa
from visas.policy import rules as policy
from visas.policy.grounds import Ground
from visas.policy.status import Entries


class VisaKind:
    """See `consular.cases.kinds.CaseKind`."""

    code = "visa"

    def label(self, case: Case) -> str:
        return str(policy.category(case.category).name)

    def panels(self, case: Case) -> list[Panel]:
        overview, *answers = panels(case.application)
        return [
            overview,
            *acting(case.application),
            *together(case.application),
            *corrected(case.application),
            *answers,
            *declared(case.application),
        ]

    def checks(self, case: Case) -> Iterable[Finding]:
        yield from checks.all_checks(case.application)
        yield from corrections_checks.findings(case.application)
        yield from paper_checks.checks(case.application)

    def check_label(self, code: str) -> str:
        known = (checks.LABELS, corrections_checks.LABELS, paper_checks.LABELS)
        if words := next((labels[code] for labels in known if code in labels), None):
            return str(words)
        try:
            return self.document_label(code)
        except KeyError:
            return code

    def document_label(self, purpose: str) -> str:
        return str(policy.document(purpose).label)

    def document_purposes(self, case: Case) -> list[tuple[str, str]]:
        return [
            (code, self.document_label(code))
            for code in policy.document_codes(policy.category(case.category))
        ]

    def grounds(self) -> list[GroundOfRefusal]:
        return [GroundOfRefusal(ground.value, str(ground.label)) for ground in Ground]

    def decision_form(self, case: Case) -> type[Form]:
        """Return the form of the conditions, begun with what the applicant asked for."""
        application: VisaApplication = case.application
        trip, person = application.trip, application.traveller

        asked = {
            "valid_from": trip.arrives_on,
            "valid_until": trip.leaves_on,
            "entries": trip.entries,
            "stay_days": trip.days,
        }

        category = policy.category(case.category)

        class Conditions(ConditionsForm):
            longest_stay = policy.longest_stay(category)
            usable_for_days = category.usable_for_days
            passport_expires_on = person.passport_expires_on
            today = case.mission.today()

            def get_initial_for_field(self, field: Field, field_name: str) -> Any:
                """Begin with what was asked for; fields are shared between classes, so theirs stays untouched."""
                return {**asked, **self.initial}.get(field_name)

        return Conditions

    def condition_rows(self, case: Case, conditions: dict[str, Any]) -> list[Row]:
        if not conditions:
            return []
        return [
            Row(gettext("Valid from"), day(date.fromisoformat(conditions["valid_from"]))),
            Row(gettext("Valid until"), day(date.fromisoformat(conditions["valid_until"]))),
            Row(gettext("Entries"), str(Entries(conditions["entries"]).label)),
            Row(gettext("Days of stay"), digits(conditions["stay_days"])),
        ]

    def on_approved(self, case: Case, decision: Decision) -> None:
        owe_evisa(case.application)

    def results(self, case: Case) -> list[tuple[str, str]]:
        ready = EVisa.objects.filter(application__case=case, revoked_at=None).exclude(paper="")
        return [
            line
            for visa in ready
            for line in (
                (gettext("Download your visa (PDF)"), reverse("issuance:evisa_download", args=[visa.number])),
                (
                    gettext("Show your visa to somebody"),
                    reverse("verification:shares", args=[visa.application_id]),
                ),
            )
        ]

    def correct_url(self, case: Case) -> str:
        return reverse("applications:correct", args=[case.application.pk])

    def papers(self, case: Case) -> list[tuple[str, str]]:
        own = [case.application.pk]
        papers = [
            (gettext("Receipt (PDF)"), reverse("applications:receipt", args=own)),
            (gettext("Your answers and declarations, with copies"), reverse("applications:given", args=own)),
        ]
        if case.application.party_id:
            papers.append((gettext("Who travels"), reverse("applications:party", args=own)))
        return papers
