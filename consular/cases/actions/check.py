"""Run a case's automatic checks: evidence for the officer, never a decision."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.cases.actions.demand import lock
from consular.cases.kinds import kind_of
from consular.cases.models import Case, Check
from consular.outbox.actions import owe


@transaction.atomic
def run_checks(case: Case) -> list[Check]:
    """Keep the newest result of every check of the case's kind; checks that no longer apply go."""
    case = lock(case)
    findings = list(kind_of(case).checks(case))
    case.checks.exclude(code__in=[finding.code for finding in findings]).delete()
    checks = [
        Check.objects.update_or_create(
            case=case,
            code=finding.code,
            defaults={"result": finding.result, "evidence": list(finding.evidence.items())},
        )[0]
        for finding in findings
    ]
    record(
        "case.checked", case, reference=case.reference, results={check.code: check.result for check in checks}
    )
    return checks


def owe_check_of_document(document: Any) -> None:
    """Owe a new check of the open case that a document belongs to; called when its processing ends.

    Runs inside the transaction that writes the document's new state.
    """
    attachment = document.attachment if hasattr(document, "attachment") else None
    if attachment is None or attachment.case.is_closed:
        return
    moment = document.processed_at.isoformat() if document.processed_at else ""
    owe("cases.check", key=f"document:{document.pk}:check:{moment}", case_id=attachment.case_id)
