"""Let go of documents whose time is over: every night, once for each, and only what nothing waits for."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases.models import Case
from consular.documents.actions import remove
from consular.outbox.actions import owe
from consular.vault.actions import destroy_safe_of
from visas.retention.candidates import NAMES, Candidate, candidate, candidates
from visas.retention.models import Run

SUBJECTS: dict[str, Any] = {name: model for model, name in NAMES.items()}


@transaction.atomic
def owe_run() -> None:
    """Owe today's look. A second beat on one day changes nothing."""
    today = timezone.localdate().isoformat()
    owe("retention.run", key=f"retention:{today}", on=today)


@transaction.atomic
def run(on: date) -> None:
    """Owe the end of each group whose time is over; doing it again on the same day owes nothing twice."""
    found = candidates(on, on=on)
    ripe = [each for each in found if not each.is_held]
    for each in ripe:
        owe("retention.erase", key=f"retention:{on}:{each.key}", on=on.isoformat(), **each.ids)
    Run.objects.get_or_create(on=on, defaults={"owed": len(ripe), "held": len(found) - len(ripe)})


@transaction.atomic
def erase(*, kind: str, on: date, **subject: Any) -> bool:
    """Erase one group, if its time is still over and nothing waits for it; False, with nothing done, otherwise.

    The law and the case are asked again under the case's lock: a case may have come back to life, a draft may
    have been submitted, a rule may have been changed since it was owed.
    """
    ((name, key),) = subject.items()
    held = SUBJECTS[name].objects.select_for_update(of=("self",)).filter(pk=key).first()
    found = candidate(held, kind, on=on) if held else None
    if found is None or found.is_held:
        return False
    for document in found.documents:
        remove(document, by=None, **found.why)
    for evidence in found.evidence:
        evidence.delete()
    if found.case:
        _close(found.case, found)
    return True


def _close(case: Case, found: Candidate) -> None:
    """Note what went, and destroy the key of a case of which nothing is kept any more."""
    gone = [{"document": str(each.pk), "sha256": each.sha256} for each in found.documents]
    record("case.files_erased", case, reference=case.reference, documents=gone, **found.why)
    if not case.attachments.filter(document__removed_at=None).exists():
        destroy_safe_of(case, by=None, **found.why)
