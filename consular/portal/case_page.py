"""What an applicant sees of a case: gathered from the case, its service and the words of `cases.explain`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from consular.cases import deputies, explain
from consular.cases.explain import Outlook
from consular.cases.kinds import CaseKind, kind_of, labels
from consular.cases.models import Attachment, Case, Decision, Request
from consular.cases.rules import DELEGATED
from consular.cases.status import Act, Status
from consular.documents import actions as documents
from consular.portal.others import Other

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
    return [_line(case, label) for case, label in labels(cases)]


def with_states(others: Iterable[Other]) -> list[tuple[Other, Line | None]]:
    """Return applications of other people, those that were submitted with how they stand."""
    return [(other, _line(other.case, other.label) if other.case else None) for other in others]


def _line(case: Case, label: str) -> Line:
    return Line(case, label, explain.outlook(case), COLOURS[Status(case.status)])


def state(case: Case) -> dict[str, Any]:
    """Return what portal/state.html shows: how the case stands, and nothing about who it is about."""
    return {"outlook": explain.outlook(case)}


def own_state(case: Case) -> dict[str, Any]:
    """Return the state for the applicant, or who acts for them: also what they may do and download."""
    known = state(case)
    acts = open_acts(case, known["outlook"])
    return {
        **known,
        "case": case,
        "may_answer": Act.ANSWER in acts,
        "results": kind_of(case).results(case) if reads_decision(case) else [],
    }


def open_acts(case: Case, outlook: Outlook) -> set[Act]:
    """Return what the reader may do now: the applicant all that is open, who acts for them what was delegated."""
    acts = set(outlook.acts)
    if case.right is None:
        return acts
    return acts & DELEGATED if case.right.may_act else set()


def reads_decision(case: Case) -> bool:
    """Tell whether the reader is told why and what was decided, and may download it."""
    return case.right is None or case.right.may_act


def context(case: Case) -> dict[str, Any]:
    """Return everything on the case's page."""
    kind, known = kind_of(case), own_state(case)
    acts = open_acts(case, known["outlook"])
    return {
        **known,
        "label": kind.label(case),
        "correct_url": kind.correct_url(case) if Act.CORRECT in acts else "",
        "may_withdraw": Act.WITHDRAW in acts,
        "deputies_url": deputies.of(case).manage_url(case) if case.right is None else "",
        "is_waiting": is_waiting(case),
        "history": explain.history(case),
        "attachments": attachments(case),
        "papers": kind.papers(case),
        **(decision_context(case) if reads_decision(case) else {}),
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
