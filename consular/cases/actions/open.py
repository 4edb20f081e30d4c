"""Open a case: the door through which every service brings its applications."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from consular.audit.trail import on_behalf, record
from consular.cases.models import Attachment, Case, Event
from consular.cases.status import Status
from consular.documents.models import Document
from consular.missions.models import Mission
from consular.notifications.actions import post
from consular.outbox.actions import owe
from consular.vault.actions import put_into_safe_of


@transaction.atomic
def open_case(  # noqa: PLR0913 - a case has this many facts on its first day
    *,
    kind: str,
    category: str,
    mission: Mission,
    applicant: Any,
    name_latin: str,
    birth_on: date,
    nationality: str,
    due_on: date,
    by: Any,
    name_native: str = "",
    language: str = "en",
    documents: Iterable[tuple[Document, str, str]] = (),
) -> Case:
    """Open a case with its documents, each as (document, purpose, label); owe the checks and the message.

    `kind` is the code of a registered service, `nationality` an ICAO alpha-3 code. Call it inside the
    transaction that submits the application.
    """
    case = Case.objects.create(
        kind=kind,
        category=category,
        mission=mission,
        applicant=applicant,
        name_latin=name_latin,
        name_native=name_native,
        nationality=nationality,
        birth_on=birth_on,
        language=language,
        due_on=due_on,
    )
    attached = Attachment.objects.bulk_create(
        Attachment(case=case, document=document, purpose=purpose, label=label)
        for document, purpose, label in documents
    )
    put_into_safe_of(case, [each.document_id for each in attached])
    Event.objects.create(case=case, to_status=Status.SUBMITTED, by=by)
    detail = {"kind": kind, "category": category, **on_behalf(applicant.pk, by)}
    record("case.opened", case, by=by, reference=case.reference, **detail)
    owe("cases.check", key=f"case:{case.pk}:check:opened", case_id=case.pk)
    post("cases/received", to=applicant, key=f"case:{case.pk}:received", case_reference=case.reference)
    return case
