"""Save what somebody fills in, for themselves or for the applicant for whom they act."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.models import AnswerSheet
from visas.applications.actions.alike import followed
from visas.applications.models import VisaApplication


@transaction.atomic
def fill_in(
    application: VisaApplication,
    sheet: AnswerSheet,
    entries: Mapping[str, Entry],
    *,
    known: Filling,
    by: Any,
) -> None:
    """Write these entries. Of who acts for the applicant, only what they changed: it is marked as theirs.

    What the applicant answered stays the applicant's while somebody else leafs through its page.
    """
    acting = application.acting(by)
    if acting:
        entries = {name: entry for name, entry in entries.items() if _is_new(name, entry, known)}
    with followed(application, sheet, entries, by=by):
        save(sheet, entries, by=acting)
    if acting and entries:
        record(
            "application.filled_in",
            application,
            by=by,
            questions=sorted(entries),
            **application.on_behalf(by),
        )


def _is_new(name: str, entry: Entry, known: Filling) -> bool:
    """Tell whether an entry says something else than is saved, or answers a question that changed since."""
    return bool(entry.change) or name in known.again or known.entries.get(name) != entry
