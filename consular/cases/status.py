"""The states of a case and the table of moves between them. Imports nothing of ours.

A case that waits and a case that is decided never share a word.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    SUBMITTED = "submitted", _("Received")
    IN_REVIEW = "in_review", _("Being reviewed")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for your answer")
    AWAITING_DECISION = "awaiting_decision", _("In final review")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by you")


class Mover(models.TextChoices):
    """A capacity in which somebody meets a case. `rules.movers` finds those of a person."""

    APPLICANT = "applicant", _("the applicant")
    BEHALF = "behalf", _("the applicant or who acts for them")
    OFFICER = "officer", _("an officer of the mission")
    HOLDER = "holder", _("the officer who holds the case")
    SOLE = "sole", _("the officer who holds the case and never recommended on it")
    SECOND = "second", _("an officer of the mission who never recommended on it")
    CONSUL = "consul", _("the consul of the mission")
    SYSTEM = "system", _("the portal")


OPEN = (Status.SUBMITTED, Status.IN_REVIEW, Status.AWAITING_APPLICANT, Status.AWAITING_DECISION)
CLAIMABLE = (Status.SUBMITTED, Status.IN_REVIEW)
DECIDED = (Status.APPROVED, Status.REFUSED)
CLOSED = (*DECIDED, Status.WITHDRAWN)

MOVES: dict[tuple[Status, Status], frozenset[Mover]] = {
    (Status.SUBMITTED, Status.IN_REVIEW): frozenset({Mover.OFFICER}),
    (Status.IN_REVIEW, Status.AWAITING_APPLICANT): frozenset({Mover.HOLDER}),
    (Status.AWAITING_APPLICANT, Status.IN_REVIEW): frozenset({Mover.BEHALF, Mover.HOLDER, Mover.SYSTEM}),
    (Status.IN_REVIEW, Status.AWAITING_DECISION): frozenset({Mover.HOLDER}),
    (Status.AWAITING_DECISION, Status.IN_REVIEW): frozenset({Mover.SECOND}),
    (Status.AWAITING_DECISION, Status.APPROVED): frozenset({Mover.SECOND}),
    (Status.AWAITING_DECISION, Status.REFUSED): frozenset({Mover.SECOND}),
    (Status.IN_REVIEW, Status.APPROVED): frozenset({Mover.SOLE}),
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


class Act(models.TextChoices):
    """What a person may do with a case; the label is the button's."""

    CLAIM = "claim", _("Claim the case")
    RELEASE = "release", _("Give the case back to the queue")
    TAKE_OVER = "take_over", _("Take the case over")
    NOTE = "note", _("Add a note")
    ASK = "ask", _("Ask the applicant")
    TAKE_BACK = "take_back", _("Take the question back")
    RECOMMEND = "recommend", _("Recommend")
    SEND_BACK = "send_back", _("Send back to review")
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
    ANSWER = "answer", _("Answer our questions")
    CORRECT = "correct", _("Correct the application")
    WITHDRAW = "withdraw", _("Withdraw the application")


# Where each act may happen, and in which capacity. An act that moves the case agrees with MOVES (a test says so).
ACTS: dict[Act, dict[Status, Mover]] = {
    Act.CLAIM: dict.fromkeys(CLAIMABLE, Mover.OFFICER),
    Act.RELEASE: {Status.IN_REVIEW: Mover.HOLDER},
    Act.TAKE_OVER: dict.fromkeys(OPEN, Mover.CONSUL),
    Act.NOTE: dict.fromkeys(Status, Mover.OFFICER),
    Act.ASK: {Status.IN_REVIEW: Mover.HOLDER},
    Act.TAKE_BACK: {Status.AWAITING_APPLICANT: Mover.HOLDER},
    Act.RECOMMEND: {Status.IN_REVIEW: Mover.HOLDER},
    Act.SEND_BACK: {Status.AWAITING_DECISION: Mover.SECOND},
    Act.APPROVE: {Status.IN_REVIEW: Mover.SOLE, Status.AWAITING_DECISION: Mover.SECOND},
    Act.REFUSE: {Status.AWAITING_DECISION: Mover.SECOND},
    Act.ANSWER: {Status.AWAITING_APPLICANT: Mover.BEHALF},
    Act.CORRECT: dict.fromkeys(OPEN, Mover.BEHALF),
    Act.WITHDRAW: dict.fromkeys(OPEN, Mover.APPLICANT),
}


class Obstacle(models.TextChoices):
    """Why somebody may not do something with a case now."""

    CLOSED = "closed", _("The case is closed.")
    NOT_NOW = "not_now", _("The case is not at this step now.")
    LOOK_ONLY = "look_only", _("You may look at this case but not work on it.")
    NOT_THE_APPLICANT = "not_the_applicant", _("Only the applicant can do this.")
    UNCLAIMED = "unclaimed", _("Claim the case first.")
    NOT_THE_HOLDER = "not_the_holder", _("Only the officer who holds the case can do this.")
    HELD = "held", _("Another officer holds the case.")
    HELD_BY_YOU = "held_by_you", _("You hold the case already.")
    NOT_THE_CONSUL = "not_the_consul", _("Only the consul of the mission can do this.")
    HAS_RECOMMENDED = (
        "has_recommended",
        _("You have made a recommendation on this case, so another officer must do this."),
    )
    NOT_RECOMMENDED = (
        "not_recommended",
        _("One officer recommends a refusal and another decides it: recommend it first."),
    )
    DOCUMENT_TAKEN = (
        "document_taken",
        _("This document was removed, or belongs to a case already. Upload it again."),
    )
    APPROVAL_RECOMMENDED = (
        "approval_recommended",
        _("An approval is recommended. To have the case refused, send it back with your reasons."),
    )
