"""What staff read: the states of a case and the verbs of the trail. Applicants have words of their own
(`consular.cases.explain`).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consular.cases.status import CheckResult, Status

STATUSES: dict[str, Promise] = {
    Status.SUBMITTED: _("New"),
    Status.IN_REVIEW: _("In review"),
    Status.AWAITING_APPLICANT: _("Waiting for the applicant"),
    Status.AWAITING_DECISION: _("For a second person"),
    Status.APPROVED: _("Approved"),
    Status.REFUSED: _("Refused"),
    Status.WITHDRAWN: _("Withdrawn by the applicant"),
}
STATUS_COLOURS = {
    Status.SUBMITTED: "blue",
    Status.IN_REVIEW: "teal",
    Status.AWAITING_APPLICANT: "yellow",
    Status.AWAITING_DECISION: "purple",
    Status.APPROVED: "green",
    Status.REFUSED: "red",
    Status.WITHDRAWN: "grey",
}
CHECK_COLOURS = {CheckResult.PASSED: "green", CheckResult.LOOK: "yellow", CheckResult.FAILED: "red"}

VERBS: dict[str, Promise] = {
    "case.opened": _("opened the case"),
    "case.checked": _("ran the automatic checks"),
    "case.claimed": _("claimed the case"),
    "case.released": _("gave the case back to the queue"),
    "case.taken_over": _("took the case over"),
    "case.noted": _("wrote a note"),
    "case.in_review": _("put the case into review"),
    "case.awaiting_applicant": _("asked the applicant"),
    "case.awaiting_decision": _("recommended a decision"),
    "case.approved": _("approved the application"),
    "case.refused": _("refused the application"),
    "case.withdrawn": _("withdrew the application"),
    "case.document_added": _("added a document"),
    "case.document_taken_out": _("took a document out"),
    "case.seen": _("looked at the case"),
    "case.not_shown": _("tried to open the case without the right to"),
    "document.seen": _("looked at a page of a document"),
    "document.stored": _("handed in a document"),
    "document.original_taken": _("downloaded the original of a document"),
}
LOOKS = ("case.seen", "case.not_shown", "document.seen", "document.original_taken")
PORTAL = _("The portal")
APPLICANT = _("The applicant")
