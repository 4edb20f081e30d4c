"""Begin a draft with what lasts of an earlier application."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.questionnaires.actions import save
from visas.applications import earlier
from visas.applications.actions.alike import followed, hold
from visas.applications.actions.lock import lock_draft
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication


@transaction.atomic
def begin_with(application: VisaApplication, source: VisaApplication, *, by: Any) -> int:
    """Copy what lasts of `source` into the empty questions of a draft, and return how many; once more, none is left.

    Those of the party who answer as this one does have the answers too.
    """
    hold(application)
    draft = Draft.of(lock_draft(application, by=by))
    application = draft.application
    answers = source.sheet.answers.filter(row=0).values_list("question", "value")
    entries = earlier.lasting(draft.filling, answers)
    if entries:
        with followed(application, application.sheet, entries, by=by):
            save(application.sheet, entries, by=application.acting(by))
        record(
            "application.begun_with", application, by=by,
            earlier=str(source.pk), answers=len(entries), **application.on_behalf(by),
        )  # fmt: skip
    return len(entries)
