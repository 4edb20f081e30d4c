"""The applicant corrects what they applied with."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from consular.audit.trail import on_behalf, record
from consular.cases.actions.demand import demand
from consular.cases.models import Case, Event
from consular.cases.status import Act
from consular.notifications.actions import post
from consular.outbox.actions import owe


@dataclass(frozen=True)
class Subject:
    """Who a case is about."""

    name_latin: str
    name_native: str
    nationality: str
    birth_on: date


@transaction.atomic
def correct(case: Case, subject: Subject, *, by: Any) -> Case:
    """Note that the answers were corrected: event, checks again, word to the officer who holds the case.

    The service calls it inside the transaction that corrects the answers.
    """
    case = demand(Act.CORRECT, case, by=by)
    for name, value in asdict(subject).items():
        setattr(case, name, value)
    case.save(update_fields=[*asdict(subject), "names_folded"])
    step = case.status
    event = Event.objects.create(case=case, from_status=step, to_status=step, by=by)
    record("case.corrected", case, by=by, reference=case.reference, **on_behalf(case.applicant_id, by))
    owe("cases.check", key=f"event:{event.pk}:check", case_id=case.pk)
    if case.officer:
        key = f"event:{event.pk}:corrected"
        post("cases/corrected", to=case.officer, key=key, case_reference=case.reference)
    return case
