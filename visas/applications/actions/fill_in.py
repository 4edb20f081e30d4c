"""Save what somebody fills in, for themselves or for the applicant for whom they act."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.models import AnswerSheet
from visas.applications.actions.alike import followed
from visas.applications.actions.lock import demand_right
from visas.applications.models import VisaApplication


def fill_in(
    application: VisaApplication, sheet: AnswerSheet, entries: Mapping[str, Entry], *, known: Filling, by: Any
) -> None:
    """Write these entries; those who answer alike follow in the same transaction.

    Of who acts for the applicant, only what they changed is written, and marked as theirs: what the applicant answered
    stays the applicant's while somebody else leafs through its page.
    """
    if application.party_id is None and application.acting(by) is None:
        save(sheet, entries)
    else:
        _fill_in(application, sheet, entries, known=known, by=by)


@transaction.atomic
def _fill_in(
    application: VisaApplication, sheet: AnswerSheet, entries: Mapping[str, Entry], *, known: Filling, by: Any
) -> None:
    acting = application.acting(by)
    if acting:
        entries = {name: entry for name, entry in entries.items() if _is_new(name, entry, known)}
    with followed(application, sheet, entries, by=by):
        demand_right(application, by=by)
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
