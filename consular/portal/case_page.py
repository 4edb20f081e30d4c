"""What an applicant sees of a case: gathered from the case, its service and the words of `cases.explain`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from consular.cases import explain
from consular.cases.explain import Outlook
from consular.cases.kinds import CaseKind, kind_of, labels
from consular.cases.models import Attachment, Case, Decision, Request
from consular.cases.status import Act, Status
from consular.documents import actions as documents

COLOURS = {
    Status.SUBMITTED: "grey",
    Status.IN_REVIEW: "blue",
    Status.AWAITING_APPLICANT: "yellow",
    Status.AWAITING_DECISION: "purple",
    Status.APPROVED: "green",
    Status.REFUSED: "red",
    Status.WITHDRAWN: "grey",
}


@dataclass(frozen=True)
class Line:
    """A case in the list of a person's cases."""

    case: Case
    label: str
    outlook: Outlook
    colour: str


def lines(cases: Iterable[Case]) -> list[Line]:
    return [
        Line(case, label, explain.outlook(case), COLOURS[Status(case.status)])
        for case, label in labels(cases)
    ]


def state(case: Case) -> dict[str, Any]:
    """Return what portal/state.html shows: how the case stands, and nothing about who it is about."""
    return {"outlook": explain.outlook(case)}


def own_state(case: Case) -> dict[str, Any]:
    """Return the state for the applicant: also what they may do and download."""
    outlook = explain.outlook(case)
    return {
        **state(case),
        "case": case,
        "may_answer": Act.ANSWER in outlook.acts,
        "results": kind_of(case).results(case),
    }


def context(case: Case) -> dict[str, Any]:
    """Return everything on the case's page."""
    kind = kind_of(case)
    known = own_state(case)
    return {
        **known,
        "label": kind.label(case),
        "correct_url": kind.correct_url(case) if Act.CORRECT in known["outlook"].acts else "",
        "may_withdraw": Act.WITHDRAW in known["outlook"].acts,
        "is_waiting": is_waiting(case),
        "history": explain.history(case),
        "attachments": attachments(case),
        "papers": kind.papers(case),
        **decision_context(case),
    }


def is_waiting(case: Case) -> bool:
    """Tell whether the page may still change by itself: the case is open, or its download is being made."""
    return not case.is_closed or (case.status == Status.APPROVED and not kind_of(case).results(case))


def attachments(case: Case) -> list[Attachment]:
    """Return the documents in the case's file; their labels in the active language."""
    kind, found = kind_of(case), list(case.attachments.select_related("document"))
    for attachment in found:
        attachment.label = document_label(kind, attachment)
    return found


def document_label(kind: CaseKind, attachment: Attachment) -> str:
    """Return the document's purpose in the active language; its own label is in that of the day it was handed in."""
    try:
        return str(kind.document_label(attachment.purpose))
    except KeyError:
        return attachment.label or attachment.purpose


def decision_context(case: Case) -> dict[str, Any]:
    """Return the grounds of a refusal, or the conditions of an approval, in words."""
    decision = Decision.objects.filter(case=case).first()
    if decision is None:
        return {}
    return {
        "decision": decision,
        "grounds": explain.grounds(case, decision),
        "conditions": [
            {"key": row.label, "value": row.value}
            for row in kind_of(case).condition_rows(case, decision.conditions)
        ],
    }


def open_request(case: Case) -> Request | None:
    """Return what the applicant is asked for now."""
    return case.requests.open().prefetch_related("items__attachments__document").first()


@transaction.atomic
def take_out(attachment: Attachment, *, by: Any) -> None:
    """Remove a document from an unsent answer, and from the portal: it belongs nowhere any more."""
    from consular.cases.actions import detach

    document = attachment.document
    detach(attachment, by=by)
    documents.remove(document, by=by)
