"""Write to one's colleagues about a case."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.cases.actions.demand import demand
from consular.cases.models import Case, Note
from consular.cases.status import Act


@transaction.atomic
def add_note(case: Case, *, by: Any, text: str) -> Note:
    case = demand(Act.NOTE, case, by=by)
    note: Note = case.notes.create(author=by, text=text)
    record("case.noted", case, by=by, reference=case.reference, note=note.pk)
    return note
