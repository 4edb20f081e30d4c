"""Submit a draft: from here on it is a case."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases.actions.open import open_case
from consular.cases.models import Case
from consular.documents.actions.pages import fix
from consular.questionnaires.actions import freeze
from consular.questionnaires.models import AnswerSheet
from visas.applications import snapshot
from visas.applications.actions.alike import hold, part
from visas.applications.actions.detach import let_go
from visas.applications.actions.lock import demand_right, lock
from visas.applications.consents import record_consents
from visas.applications.copies import versions
from visas.applications.draft import Draft
from visas.applications.models import Scope, Traveller, VisaApplication
from visas.policy import rules as policy


class NotReadyError(Exception):
    """Something is missing or wrong; `draft` says what."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the application is not ready to be submitted")
        self.draft = draft


@transaction.atomic
def submit(application: VisaApplication, *, by: Any, language: str) -> Case:
    """Make a case of a complete and declared draft; once: submitted again, the same case comes back.

    `language` is the one in which the applicant signed, and in which we answer. NotReadyError when it
    is not complete.
    """
    hold(application)
    application = lock(application)
    if application.case:
        return application.case
    demand_right(application, Scope.ACT, by=by)
    AnswerSheet.objects.select_for_update().get(pk=application.sheet_id)
    draft = Draft.of(application)
    if not (draft.is_ready and draft.is_declared):
        raise NotReadyError(draft)
    return _submit(draft, by=by, language=language)


def _submit(draft: Draft, *, by: Any, language: str) -> Case:
    application, filling = draft.application, draft.filling
    traveller = snapshot.traveller(application, filling)
    traveller.save()
    snapshot.trip(application, filling).save()
    _let_go_of_the_rest(draft, by=by)
    case = application.case = _open(draft, traveller, by=by, language=language)
    application.submitted_at = timezone.now()
    part(application)
    freeze(application.sheet, asked=filling.asked_ids())
    fix([each.document for each in draft.evidence], at=application.submitted_at)
    record_consents(application, filling, at=application.submitted_at, by=by, language=language)
    application.digest = versions(application)[-1].digest
    application.save(update_fields=["case", "submitted_at", "digest"])
    record(
        "application.submitted", application, by=by, reference=case.reference, digest=application.digest,
        **application.on_behalf(by),
    )  # fmt: skip
    return case


def _open(draft: Draft, traveller: Traveller, *, by: Any, language: str) -> Case:
    application, items = draft.application, draft.checklist.items
    return open_case(
        kind="visa",
        category=application.category,
        mission=application.mission,
        applicant=application.applicant,
        name_latin=traveller.name_latin,
        name_native=traveller.name_native,
        nationality=traveller.nationality,
        birth_on=traveller.birth_on,
        language=language,
        due_on=policy.working_days_due(timezone.now(), application.mission, draft.category),
        documents=[
            (each, item.wanted.code, str(item.wanted.label)) for item in items for each in item.documents
        ],
        by=by,
    )


def _let_go_of_the_rest(draft: Draft, *, by: Any) -> None:
    """Remove files for what is not asked any more, and those whose every page was left out: they were never submitted."""
    submitted = {document for item in draft.checklist.items for document in item.documents}
    for evidence in draft.evidence:
        if evidence.document not in submitted:
            let_go(evidence, by=by)
