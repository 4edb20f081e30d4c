"""Begin a draft with what lasts of an earlier application."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.questionnaires.actions import save
from visas.applications import earlier
from visas.applications.actions.lock import lock_draft
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication


@transaction.atomic
def begin_with(application: VisaApplication, source: VisaApplication, *, by: Any) -> int:
    """Copy what lasts of `source` into the empty questions of a draft, and return how many; once more, none is left."""
    draft = Draft.of(lock_draft(application))
    answers = source.sheet.answers.filter(row=0).values_list("question", "value")
    entries = earlier.lasting(draft.filling, answers)
    if entries:
        save(draft.application.sheet, entries, by=draft.application.acting(by))
        record(
            "application.begun_with", draft.application, by=by, earlier=str(source.pk), answers=len(entries)
        )
    return len(entries)
