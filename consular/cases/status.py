"""The states of a case and the table of moves between them. Imports nothing of ours.

A case that waits and a case that is decided never share a word.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    SUBMITTED = "submitted", _("Received")
    IN_REVIEW = "in_review", _("Being reviewed")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for your answer")
    AWAITING_DECISION = "awaiting_decision", _("Being decided")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by you")


class Mover(models.TextChoices):
    """Who may make a move. `rules.may_move` turns a user and a case into one of these."""

    APPLICANT = "applicant", _("the applicant")
    OFFICER = "officer", _("an officer of the mission")
    HOLDER = "holder", _("the officer who holds the case")
    SECOND = "second", _("another officer of the mission than the one who recommended")
    SYSTEM = "system", _("the portal")


OPEN = (Status.SUBMITTED, Status.IN_REVIEW, Status.AWAITING_APPLICANT, Status.AWAITING_DECISION)
WITH_OFFICER = (Status.SUBMITTED, Status.IN_REVIEW, Status.AWAITING_DECISION)
DECIDED = (Status.APPROVED, Status.REFUSED)
CLOSED = (*DECIDED, Status.WITHDRAWN)

MOVES: dict[tuple[Status, Status], frozenset[Mover]] = {
    (Status.SUBMITTED, Status.IN_REVIEW): frozenset({Mover.OFFICER}),
    (Status.IN_REVIEW, Status.AWAITING_APPLICANT): frozenset({Mover.HOLDER}),
    (Status.AWAITING_APPLICANT, Status.IN_REVIEW): frozenset({Mover.APPLICANT, Mover.HOLDER, Mover.SYSTEM}),
    (Status.IN_REVIEW, Status.AWAITING_DECISION): frozenset({Mover.HOLDER}),
    (Status.AWAITING_DECISION, Status.IN_REVIEW): frozenset({Mover.SECOND}),
    (Status.AWAITING_DECISION, Status.APPROVED): frozenset({Mover.SECOND}),
    (Status.AWAITING_DECISION, Status.REFUSED): frozenset({Mover.SECOND}),
    (Status.IN_REVIEW, Status.APPROVED): frozenset({Mover.HOLDER}),
    (Status.SUBMITTED, Status.WITHDRAWN): frozenset({Mover.APPLICANT}),
    (Status.IN_REVIEW, Status.WITHDRAWN): frozenset({Mover.APPLICANT}),
    (Status.AWAITING_APPLICANT, Status.WITHDRAWN): frozenset({Mover.APPLICANT}),
    (Status.AWAITING_DECISION, Status.WITHDRAWN): frozenset({Mover.APPLICANT}),
}


class Outcome(models.TextChoices):
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")


class CheckResult(models.TextChoices):
    """What an automatic check found; `LOOK` asks the officer to look."""

    PASSED = "passed", _("Agrees")
    LOOK = "look", _("Please look")
    FAILED = "failed", _("Does not agree")


class ItemState(models.TextChoices):
    """The state of one item of a request to the applicant."""

    OPEN = "open", _("Waiting")
    ANSWERED = "answered", _("Answered")
