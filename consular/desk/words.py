"""What staff read: the states of a case and the verbs of the trail.

Applicants have words of their own (`consular.cases.explain`). A flag (good, info, warn, bad or none) is the
colour beside a word; the word alone is enough.
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
STATUS_FLAGS: dict[str, str] = {
    Status.SUBMITTED: "info",
    Status.IN_REVIEW: "info",
    Status.AWAITING_APPLICANT: "warn",
    Status.AWAITING_DECISION: "warn",
    Status.APPROVED: "good",
    Status.REFUSED: "bad",
    Status.WITHDRAWN: "none",
}
CHECK_FLAGS: dict[str, str] = {
    CheckResult.PASSED: "good",
    CheckResult.LOOK: "warn",
    CheckResult.FAILED: "bad",
}

VERBS: dict[str, Promise] = {
    "case.opened": _("opened the case"),
    "case.checked": _("ran the automatic checks"),
    "case.claimed": _("claimed the case"),
    "case.released": _("gave the case back to the queue"),
    "case.taken_over": _("took the case over"),
    "case.noted": _("wrote a note"),
    "case.awaiting_applicant": _("asked the applicant"),
    "case.awaiting_decision": _("recommended a decision"),
    "case.approved": _("approved the application"),
    "case.refused": _("refused the application"),
    "case.corrected": _("corrected the answers"),
    "case.withdrawn": _("withdrew the application"),
    "case.answer_saved": _("wrote answers, not sent yet"),
    "case.document_added": _("added a document"),
    "case.document_taken_out": _("took a document out"),
    "case.seen": _("looked at the case"),
    "case.not_shown": _("tried to open the case without the right to"),
    "document.seen": _("looked at a page of a document"),
    "document.stored": _("handed in a document"),
    "document.clean": _("checked a document: it is safe"),
    "document.refused": _("checked a document: it cannot be used"),
    "document.failed": _("could not check a document"),
    "document.removed": _("removed a document"),
    "document.page_turned": _("turned a page"),
    "document.page_moved": _("moved a page"),
    "document.page_dropped": _("left a page out"),
    "document.page_restored": _("put a page back"),
    "document.original_taken": _("downloaded the original of a document"),
    "document.copy_taken": _("downloaded a stamped copy of a document"),
    "document.erased": _("deleted the files of a removed document"),
    "case.files_erased": _("erased documents whose time to be kept was over"),
    "vault.safe_destroyed": _("destroyed the key of the documents"),
}
# What came before a case is in review says how it came there
INTO_REVIEW: dict[str, Promise] = {
    Status.SUBMITTED: _("began the review"),
    Status.AWAITING_APPLICANT: _("ended the waiting for the applicant"),
    Status.AWAITING_DECISION: _("sent the recommendation back"),
}
LOOKS = ("case.seen", "case.not_shown", "document.seen", "document.copy_taken", "document.original_taken")
PORTAL = _("The portal")
APPLICANT = _("The applicant")


def what(verb: str, before: str) -> str | Promise:
    """Return an entry's verb in words; `before` is the state before a move. A verb without words shows as it is."""
    if verb == f"case.{Status.IN_REVIEW}":
        return INTO_REVIEW.get(before, verb)
    return VERBS.get(verb, verb)
