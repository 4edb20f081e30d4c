"""Ask the applicant for something, and take the question back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from consular.cases import deputies
from consular.cases.actions.demand import demand
from consular.cases.actions.move import move
from consular.cases.models import Case, Request, RequestItem
from consular.cases.status import Act, Status
from consular.notifications.actions import post
from consular.ui.templatetags.ui import day


@dataclass(frozen=True)
class Wanted:
    """One thing to ask for: words for the applicant, and the purpose of a document, '' for an answer in words."""

    text: str
    purpose: str = ""


@transaction.atomic
def ask(case: Case, *, by: Any, items: Sequence[Wanted], answer_by: date) -> Request:
    """Send the applicant one letter with `items`, to be answered by the end of a day in the future."""
    case = demand(Act.ASK, case, by=by)
    if not items or answer_by <= case.mission.today():
        raise ValueError("Ask for at least one thing, by a day in the future.")
    request: Request = case.requests.create(asked_by=by, answer_by=answer_by)
    RequestItem.objects.bulk_create(
        RequestItem(request=request, text=item.text, purpose=item.purpose) for item in items
    )
    move(case, Status.AWAITING_APPLICANT, by=by, request=request.pk)
    _send(case, request, items)
    return request


def _send(case: Case, request: Request, items: Sequence[Wanted]) -> None:
    post(
        "cases/question",
        to=case.applicant,
        key=f"request:{request.pk}:asked",
        case_reference=case.reference,
        **question_context(case, items, request.answer_by),
    )
    for deputy in deputies.of(case).to_tell(case):
        key = f"request:{request.pk}:asked:{deputy.pk}"
        post("cases/question_to_deputy", to=deputy, key=key, case_reference=case.reference)


def question_context(case: Case, items: Sequence[Wanted], answer_by: date) -> dict[str, str]:
    """Return what the message `cases/question` says, in the applicant's language; the preview uses it too."""
    with translation.override(case.applicant.language):
        return {"items": "\n".join(f"- {item.text}" for item in items), "answer_by": str(day(answer_by))}


@transaction.atomic
def take_back(case: Case, *, by: Any) -> Case:
    """Stop waiting for the applicant and go on with what there is."""
    case = demand(Act.TAKE_BACK, case, by=by)
    case.requests.open().update(taken_back_at=timezone.now())
    return move(case, Status.IN_REVIEW, by=by, took_back=True)
